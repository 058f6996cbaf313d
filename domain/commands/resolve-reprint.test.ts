import { describe, expect, test } from 'vitest';
import { broken, ledger, ON, reprint, sent, statement } from '../../test/support/command-rules.ts';
import { SOURCE, TODAY } from '../../test/support/ledger.ts';
import { resolveCommand } from './resolve-command.ts';
import { STATEMENT_DAYS_MAX } from './resolve-reprint.ts';

describe('a reprint', () => {
  test.each([
    [reprint('invoice', 'i'), { kind: 'invoice', source: SOURCE, record: 'i', number: 'N-i' }],
    [
      reprint('collectionLetter', 'l'),
      { kind: 'collectionLetter', source: SOURCE, record: 'l', number: 'L-l' },
    ],
  ])('names the document', (command, document) => {
    const { parameters, touches } = sent(command);
    expect(parameters).toEqual({ document });
    expect(touches).toEqual([document.record]);
  });

  test.each([
    [reprint('invoice', 'printed'), 'https://erp.example/printed'],
    [reprint('collectionLetter', 'printed letter'), 'https://erp.example/letter'],
  ])('needs no ERP where the address is known', (command, documentUrl) => {
    expect(resolveCommand(command, ledger)).toEqual({ kind: 'known', documentUrl });
  });

  test('of a statement covers days that are over', () => {
    const command = statement(ON - STATEMENT_DAYS_MAX + 1, ON);
    expect(sent(command)).toEqual({
      type: 'reprint',
      parameters: { document: { kind: 'statement', from: '2025-04-30', to: TODAY } },
      touches: [],
    });
  });

  test.each([
    ['of a payment', reprint('invoice', 'p'), ['not-an-invoice', '/document']],
    ['of a letter not posted', reprint('collectionLetter', 'draft'), ['not-posted', '/document']],
    ['of no letter', reprint('collectionLetter', 'i'), ['not-found', '/document']],
    ['ahead of today', statement(ON, ON + 1), ['statement-window', '/document/to']],
    ['backwards', statement(ON, ON - 1), ['statement-window', '/document/from']],
    [
      'of more than a year',
      statement(ON - STATEMENT_DAYS_MAX, ON),
      ['statement-window', '/document/from'],
    ],
  ])('not %s', (_, command, rule) => {
    expect(broken(command)).toEqual(rule);
  });
});
