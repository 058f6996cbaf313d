// The guide for ERP teams: each of its examples is what the code takes or sends.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { COMMAND_STATES } from '../domain/commands/command-document.ts';
import { STATEMENT_DAYS_MAX } from '../domain/commands/resolve-reprint.ts';
import { AUTOMATIC_PAIRS_MAX } from '../domain/commands/automatic-settlement.ts';
import { collectionsEvent } from '../functions/contract/commands/collections-event-schema.ts';
import { erpCommand } from '../functions/contract/commands/erp-command-schema.ts';
import { readOutcome } from '../functions/contract/commands/outcome-request.ts';
import { checkEvent } from '../functions/contract/feed/event.ts';
import { topology } from '../infra/topology.ts';

const GUIDE = readFileSync(new URL('../docs/erp-commands.md', import.meta.url), 'utf8');

/** Whether an example is what a reader is to expect, or to send, by what it is. */
const IS_TRUE: Readonly<Record<string, (example: unknown) => boolean>> = {
  message: (example) => isDeepStrictEqual(erpCommand.parse(example), example),
  announcement: (example) => isDeepStrictEqual(collectionsEvent.parse(example), example),
  outcome: (example) => 'value' in readOutcome(Buffer.from(JSON.stringify(example))),
  change: (example) => !('rejection' in checkEvent(example)),
};

const examples = [...GUIDE.matchAll(/^```json (\w+)\n(.*?)^```$/gms)].map(
  ([, kind = '', text = '']) => ({ kind, text }),
);

describe('docs/erp-commands.md', () => {
  test.each(examples.map(({ kind, text }, index) => [`${kind} ${index}`, kind, text] as const))(
    '%s is as the code has it',
    (_, kind, text) => {
      expect(IS_TRUE[kind]?.(JSON.parse(text))).toBe(true);
    },
  );

  test('has an example of every command, state and limit', () => {
    const types = examples.flatMap(({ kind, text }) =>
      kind === 'message' ? [erpCommand.parse(JSON.parse(text)).type] : [],
    );
    expect(types.toSorted()).toEqual(
      ['nsfPayment', 'reprint', 'settle', 'writeOff'].map((one) => `workspace.${one}.requested.v1`),
    );
    for (const state of COMMAND_STATES) expect(GUIDE).toContain(`| \`${state}\``);
    const queue = topology.serviceBus.queues.find(({ name }) => name === 'erp-commands');
    for (const number of [
      `${AUTOMATIC_PAIRS_MAX} pairs`,
      `at most ${STATEMENT_DAYS_MAX}`,
      `${queue?.maxDeliveryCount}\ndeliveries`,
      `${queue?.defaultTimeToLiveDays} days`,
    ]) {
      expect(GUIDE).toContain(number);
    }
  });
});
