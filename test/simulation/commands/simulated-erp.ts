// An ERP as it ought to be: it carries out no command twice, remembers what came of each, and tells
// that as often as it is asked. What it remembers outlives every crash; what it was about to tell
// does not.
import { createHash } from 'node:crypto';
import type { CollectionsEvent } from '../../../domain/commands/collections-event.ts';
import type { CommandOutcome } from '../../../domain/commands/command-document.ts';
import type * as z from 'zod';
import { erpCommand } from '../../../functions/contract/commands/erp-command-schema.ts';
import { amountOf, formatAmount } from '../../../domain/money.ts';
import { text } from '../../../domain/row-reader.ts';
import type { ToldChange } from '../../oracle/newest-rows.ts';
import { Divergence } from '../divergence.ts';
import { COMPANY, ERP } from './told-ledger.ts';

/** What came of a command, to be told. */
export type Effect = {
  readonly command: string;
  readonly changes: readonly ToldChange[];
  readonly outcomes: readonly CommandOutcome[];
  readonly documentUrl: string | null;
  /** Whether outcomes are told before changes. */
  readonly outcomesFirst: boolean;
};

type Message = z.output<typeof erpCommand>;
type Row = NonNullable<ToldChange['row']>;
type Carried = { readonly text: string; readonly effect: Effect };

/**
 * Of 256 commands so many are refused for no reason, and so many not answered but by changes; so
 * many announcements are not heeded.
 */
const [REFUSED_OF_256, SILENT_OF_256, UNHEARD_OF_256] = [40, 100, 100];

export class SimulatedErp {
  /** Everything it ever told, the beginning included. */
  readonly told: ToldChange[];
  /** By id of the command. */
  readonly #carried = new Map<string, Carried>();
  /** Ids of the announcements it made its own. */
  readonly #echoed = new Set<string>();
  readonly #rows = new Map<string, { version: number; row: Row }>();

  constructor(beginning: readonly ToldChange[]) {
    this.told = [...beginning];
    for (const { customer, record, row } of beginning) {
      if (row !== null) this.#rows.set(keyOf(customer, record), { version: 1, row });
    }
  }

  /** Ids of the commands it got. */
  get commands(): ReadonlySet<string> {
    return new Set(this.#carried.keys());
  }

  /** Whether it would not carry out a command it got. */
  isRejected(id: string): boolean {
    const outcomes = this.#carried.get(id)?.effect.outcomes ?? [];
    return outcomes.some(({ outcome }) => outcome === 'rejected');
  }

  /** Carries a message out, or remembers what came of it; one id that says two things is wrong. */
  carryOut(text: string): Effect {
    const message = erpCommand.parse(JSON.parse(text));
    const known = this.#carried.get(message.id);
    if (known !== undefined) {
      if (known.text === text) return known.effect;
      throw new Divergence('command', `${message.id} says ${text}, and said ${known.text}`);
    }
    const effect = this.#effectOf(message);
    this.#carried.set(message.id, { text, effect });
    this.told.push(...effect.changes);
    return effect;
  }

  /** Keeps what the workspace announced among its own, or leaves it: the same whenever asked. */
  echo({ id, time, data }: CollectionsEvent): ToldChange | null {
    const whim = createHash('sha256').update(id).digest();
    if ((whim[0] ?? 0) < UNHEARD_OF_256) return null;
    const { transaction, ...row } = data.row;
    const isStatus = typeof transaction === 'object' && transaction !== null;
    const record = isStatus && 'record' in transaction ? transaction.record : null;
    const change: ToldChange = {
      entity: isStatus ? 'collectionsStatus' : 'activity',
      company: data.company,
      customer: data.customer,
      source: ERP,
      epoch: '1',
      record: `echo of ${data.record}`,
      version: '1',
      facet: 'main',
      time,
      row: record === null ? row : { ...row, transaction: record },
      causedBy: data.causedBy,
    };
    if (!this.#echoed.has(id)) this.told.push(change);
    this.#echoed.add(id);
    return change;
  }

  /** Settles `record` of a customer by so many cents more; the ERP's own word about it. */
  #settled(customer: string, record: string, minor: number): Row | null {
    const row = this.#rows.get(keyOf(customer, record))?.row;
    if (row === undefined) return null;
    const amount = amountOf(text(row, 'amount'), 'USD');
    const settled = amountOf(text(row, 'settled'), 'USD') + Math.sign(amount) * minor;
    if (Math.abs(settled) > Math.abs(amount)) return null;
    return { ...row, settled: formatAmount(settled, 'USD') };
  }

  /** The rows as they are after the command; null where that cannot be. */
  #rowsAfter({ type, data }: Message): ReadonlyMap<string, Row> | null {
    const { customer } = data;
    switch (type) {
      case 'workspace.nsfPayment.requested.v1': {
        const { record } = data.parameters.payment;
        const row = this.#rows.get(keyOf(customer, record))?.row;
        return row === undefined || row['canceled'] === true
          ? null
          : new Map([[record, { ...row, canceled: true }]]);
      }
      case 'workspace.writeOff.requested.v1':
        return this.#allSettled(
          customer,
          data.parameters.transactions.map(({ record, amount }) => [record, amount] as const),
        );
      case 'workspace.settle.requested.v1':
        return this.#allSettled(
          customer,
          data.parameters.settlements.flatMap((one) => [
            [one.transaction.record, one.amount] as const,
            [one.offset.record, one.offsetAmount] as const,
          ]),
        );
      case 'workspace.reprint.requested.v1':
        return new Map();
    }
  }

  #allSettled(
    customer: string,
    settled: readonly (readonly [record: string, amount: string])[],
  ): ReadonlyMap<string, Row> | null {
    const sums = new Map<string, number>();
    for (const [record, amount] of settled) {
      sums.set(record, (sums.get(record) ?? 0) + Math.abs(amountOf(amount, 'USD')));
    }
    const rows = new Map<string, Row>();
    for (const [record, minor] of sums) {
      const row = this.#settled(customer, record, minor);
      if (row === null) return null;
      rows.set(record, row);
    }
    return rows;
  }

  #effectOf(message: Message): Effect {
    const { id, time: at, type, data } = message;
    // A whim that is the same whenever the schedule of a seed runs.
    const whim = createHash('sha256').update(id).digest();
    const rows = (whim[0] ?? 0) < REFUSED_OF_256 ? null : this.#rowsAfter(message);
    const base = { command: id, outcomesFirst: (whim[1] ?? 0) < 128, documentUrl: null };
    if (rows === null) {
      const reason = { code: 'refused', text: 'It cannot be.' };
      return { ...base, changes: [], outcomes: [{ outcome: 'rejected', at, reason }] };
    }
    const changes = [...rows].map(([record, row]) => this.#change(id, data.customer, record, row));
    // Some tell what came of it in so many words; others leave it to the changes.
    const isSilent = changes.length > 0 && (whim[2] ?? 0) < SILENT_OF_256;
    const outcomes = (['accepted', 'completed'] as const).map((outcome) => ({
      outcome,
      at,
      reason: null,
    }));
    const isPrinted = type === 'workspace.reprint.requested.v1';
    const documentUrl = isPrinted ? `https://erp.example/${id}` : null;
    return { ...base, changes, outcomes: isSilent ? [] : outcomes, documentUrl };
  }

  #change(id: string, customer: string, record: string, row: Row): ToldChange {
    const version = (this.#rows.get(keyOf(customer, record))?.version ?? 0) + 1;
    this.#rows.set(keyOf(customer, record), { version, row });
    return {
      entity: 'transaction',
      company: COMPANY,
      customer,
      source: ERP,
      epoch: '1',
      record,
      version: String(version),
      facet: 'main',
      time: '2026-01-02T00:00:00.000Z',
      row,
      causedBy: id,
    };
  }
}

function keyOf(customer: string, record: string): string {
  return JSON.stringify([customer, record]);
}
