// The production fold against a bare parse-and-fold of the same bytes, in interleaved rounds.
import { applyChanges } from '../application/apply-changes.ts';
import { type CheckedChange, pack } from '../application/ingest-changes.ts';
import { readChangeMessage } from '../functions/contract/change-message.ts';
import { checkEvent } from '../functions/contract/feed/event.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { bareFold, bareState } from './bare-fold.ts';
import { inGroups } from './feed.ts';
import { jsonStore } from './json-store.ts';
import { customerNames, history } from './ledger.ts';
import { median } from './quantile.ts';
import { atLeast, PER_SECOND, RATIO, type Section, told } from './report.ts';
import type { Scale } from './scale.ts';

const CUSTOMERS = 200;
const CHANGES_EACH = 60;

/** Ratios of changes a second at one change a message and at ten. */
export async function pureFold(scale: Scale): Promise<Section> {
  const one = await compare(1, scale.rounds);
  const ten = await compare(10, scale.rounds);
  return {
    title: 'The fold against a bare parse-and-fold of the same bytes',
    notes: [
      'The fold: reads the message, folds it into documents, and commits them to a store of JSON ' +
        'texts with tags, parsing what it reads and writing what it changes. The bare one: parses ' +
        'the message, keeps the newest row of each record in a Map, adds its amount to a sum by ' +
        'customer and due date; no settlements, no currencies, no store, no way back.',
    ],
    findings: [
      atLeast('fold ÷ bare, one change a message', 0.25, one.ratio, RATIO),
      atLeast('fold ÷ bare, ten changes a message', 0.5, ten.ratio, RATIO),
      told('fold, one change a message', one.fold, PER_SECOND),
      told('fold, ten changes a message', ten.fold, PER_SECOND),
    ],
  };
}

async function compare(size: number, rounds: number): Promise<{ ratio: number; fold: number }> {
  const messages = messagesOf(size);
  const changes = CUSTOMERS * CHANGES_EACH;
  const ratios: number[] = [];
  const folds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = bareRound(messages);
    const fold = await foldRound(messages);
    ratios.push(bare / fold);
    folds.push(changes / (fold / 1_000));
  }
  return { ratio: median(ratios), fold: median(folds) };
}

/** Messages as the queue would carry them, customers in turn. */
function messagesOf(size: number): Buffer[] {
  const byTurn = customerNames(CUSTOMERS).map((name) =>
    inGroups(history(name, 0, CHANGES_EACH), size),
  );
  const turns = Array.from({ length: CHANGES_EACH / size }, (_, turn) =>
    byTurn.flatMap((groups) => groups.slice(turn, turn + 1)),
  );
  return turns
    .flat()
    .flatMap((events) =>
      pack(events.map((event) => accepted(checkEvent(event)))).map((message) =>
        Buffer.from(JSON.stringify(message)),
      ),
    );
}

function accepted(checked: CheckedChange) {
  if ('rejection' in checked) throw new Error(checked.rejection.detail);
  return checked;
}

function bareRound(messages: readonly Buffer[]): number {
  const state = bareState();
  const began = performance.now();
  for (const message of messages) bareFold(message, state);
  return performance.now() - began;
}

async function foldRound(messages: readonly Buffer[]): Promise<number> {
  const ports = applyPorts({ customers: { ...memoryCustomers(), ...jsonStore() } });
  const began = performance.now();
  for (const message of messages) {
    const read = readChangeMessage(JSON.parse(message.toString('utf8')));
    const { failed } = await applyChanges(read, ports);
    for (const { error } of failed) throw error;
  }
  return performance.now() - began;
}
