// The examples of commands: asked for with keys that are the same every run, so that ids are too.
import type { Example, Examples } from '../../functions/contract/openapi/document.ts';
import type { JsonValue } from '../../domain/json.ts';
import { firstOf, textOf } from './example-of.ts';

/** Asks a path: a body is posted under an Idempotency-Key. */
export type Ask = (path: string, body?: JsonValue) => Promise<Example>;

/** Of whom, when, and what the reads before this told: an open transaction and an open activity. */
export type CommandScene = {
  readonly company: string;
  readonly customer: string;
  readonly today: string;
  readonly transaction: Example;
  readonly activity: Example;
};

/** Gives commands, and tells one outcome. */
export async function commandExamples(ask: Ask, scene: CommandScene): Promise<Examples> {
  const { company, customer, today } = scene;
  const path = `companies/${company}`;
  const writeOff = await ask(`${path}/customers/${customer}/commands`, {
    type: 'writeOff',
    transactions: [{ record: textOf(firstOf(scene.transaction), 'record') }],
    date: today,
    reason: 'BAD-DEBT',
    comment: 'Too small to pursue.',
  });
  const command = `commands/${textOf(writeOff.answer, 'id')}`;
  const accepted = { outcome: 'accepted', at: `${today}T20:05:00Z` };
  const { answer: open } = scene.activity;
  const toClose = {
    customer: textOf(open, 'customer'),
    source: textOf(open, 'source'),
    record: textOf(open, 'record'),
  };
  const examples: Examples = {
    'post-command': writeOff,
    'get-command': await ask(command),
    'post-command-outcome': await ask(`${command}/outcome`, accepted),
    'post-activity': await ask(`${path}/activities`, {
      customer,
      category: 'task',
      purpose: 'Ask when the invoice will be paid',
      endAt: `${today}T22:00:00Z`,
    }),
    'post-activities-close': await ask(`${path}/activities/close`, { activities: [toClose] }),
  };
  return JSON.parse(JSON.stringify(examples), (key, value: unknown) =>
    key === 'requestedAt' ? `${today}T20:00:00.000Z` : value,
  );
}
