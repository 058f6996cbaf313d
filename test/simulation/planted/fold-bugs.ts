// Planted bugs in what a change does to the transactions it names.
import type { PlantedBug } from '../planted-bug.ts';

const FOLD = 'domain/fold-change.ts';
const TRANSACTION = 'domain/transaction.ts';

export const FOLD_BUGS: readonly PlantedBug[] = [
  {
    name: 'a settlement told again counts twice',
    replacements: [
      {
        file: FOLD,
        find: 'if (parts !== before.parts || carried !== before.carried) {',
        put: '{',
      },
      {
        file: FOLD,
        find: 'editSettledSums(edit, rowBefore === null ? null : readSettlement(rowBefore, source), -1);',
        put: 'if (row !== rowBefore) editSettledSums(edit, rowBefore === null ? null : readSettlement(rowBefore, source), -1);',
      },
    ],
  },
  {
    name: 'the old row of a settlement is not taken back',
    replacements: [
      {
        file: FOLD,
        find: 'editSettledSums(edit, rowBefore === null ? null : readSettlement(rowBefore, source), -1);',
        put: '',
      },
    ],
  },
  {
    name: 'a reversed settlement goes on counting',
    replacements: [
      {
        file: FOLD,
        find: 'if (settlement === null || settlement.reversedOn !== null) return;',
        put: 'if (settlement === null) return;',
      },
    ],
  },
  {
    name: 'a settlement acts on its first side only',
    replacements: [
      {
        file: FOLD,
        find: 'for (const side of settlement.sides) {',
        put: 'for (const side of settlement.sides.slice(0, 1)) {',
      },
    ],
  },
  {
    name: 'the old row of an installment is not taken back',
    replacements: [
      {
        file: FOLD,
        find: 'editInstallments(edit, rowBefore === null ? null : readInstallment(rowBefore, source), -1);',
        put: '',
      },
    ],
  },
  {
    name: 'the newest status is not looked up when the winner goes',
    replacements: [
      {
        file: FOLD,
        find: 'return wins ? { ...state, status: edit.newestStatus(state.id) } : state;',
        put: 'return wins ? { ...state, status: null } : state;',
      },
    ],
  },
  {
    name: 'the newest status is not looked up when the winner loses weight',
    replacements: [
      {
        file: FOLD,
        find: 'status: stillWins ? word.entry : edit.newestStatus(state.id)',
        put: 'status: word.entry',
      },
    ],
  },
  {
    name: 'a status that moves to another transaction stays on the first',
    replacements: [
      {
        file: FOLD,
        find: 'if (before !== null && before.transaction.id !== after?.transaction.id) {',
        put: 'if (before !== null && after === null) {',
      },
    ],
  },
  {
    name: 'of two statuses of one moment the last told wins',
    replacements: [
      {
        file: 'domain/collections-status.ts',
        find: 'return left.record > right.record;',
        put: 'return true;',
      },
    ],
  },
  {
    name: 'a stub goes although a settlement names it',
    replacements: [
      {
        file: TRANSACTION,
        find: 'Object.keys(document.settled).length === 0 &&',
        put: '',
      },
    ],
  },
  {
    name: 'a stub goes although a status names it',
    replacements: [{ file: TRANSACTION, find: '&&\n    document.status === null', put: '' }],
  },
  {
    name: 'a stub nobody names any more stays',
    replacements: [
      {
        file: 'domain/customer-edit.ts',
        find: 'isEmpty(document) ? null : document);',
        put: 'isEmpty(document) && stored === null ? null : document);',
      },
    ],
  },
  {
    name: 'a settled accounting amount that is given is taken pro rata as well',
    replacements: [
      {
        file: 'domain/open-amount.ts',
        find: 'const unpriced = settled.amount - settled.priced;',
        put: 'const unpriced = settled.amount;',
      },
    ],
  },
];
