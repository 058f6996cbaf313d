// The production fold against a bare parse-and-fold of the same bytes, in interleaved rounds.
import { applyChanges } from '../application/apply-changes.ts';
import { readChangeMessage } from '../functions/contract/change-message.ts';
import type { CustomerLists, CustomerStore } from '../application/ports.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryLists } from '../test/support/memory-lists.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { bareFold, bareState } from './bare-fold.ts';
import { inGroups } from './feed.ts';
import { jsonStore } from './json-store.ts';
import { customerNames, history } from './ledger.ts';
import { messagesOf } from './messages.ts';
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
      'A fold that keeps documents in a store cannot reach the goals against the bare one: reading ' +
        'the message and asking the store for the very same, without any folding in between, is the ' +
        'most it could reach. So both are told: how near the fold comes to that, and what that is.',
    ],
    findings: [
      told('fold ÷ parse and the same store calls, one change a message', one.ofCeiling, RATIO),
      told('fold ÷ parse and the same store calls, ten a message', ten.ofCeiling, RATIO),
      told('parse and the same store calls ÷ bare, one change a message', one.ceiling, RATIO),
      told('parse and the same store calls ÷ bare, ten a message', ten.ceiling, RATIO),
      atLeast('fold ÷ bare, one change a message', 0.25, one.ratio, RATIO),
      atLeast('fold ÷ bare, ten changes a message', 0.5, ten.ratio, RATIO),
      told('fold, one change a message', one.fold, PER_SECOND),
      told('fold, ten changes a message', ten.fold, PER_SECOND),
    ],
  };
}

/** Medians: changes a second as shares of one another, and of the fold. */
type Compared = {
  readonly ratio: number;
  readonly ofCeiling: number;
  readonly ceiling: number;
  readonly fold: number;
};

async function compare(size: number, rounds: number): Promise<Compared> {
  const messages = messagesInTurn(size);
  const calls = await callsOf(messages);
  const measured: { bare: number; fold: number; ceiling: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = bareRound(messages);
    const fold = await foldRound(messages, emptyStores());
    measured.push({ bare, fold, ceiling: await replayRound(messages, calls) });
  }
  const changes = CUSTOMERS * CHANGES_EACH;
  return {
    ratio: median(measured.map(({ bare, fold }) => bare / fold)),
    ofCeiling: median(measured.map(({ ceiling, fold }) => ceiling / fold)),
    ceiling: median(measured.map(({ bare, ceiling }) => bare / ceiling)),
    fold: median(measured.map(({ fold }) => changes / (fold / 1_000))),
  };
}

/** Messages as the queue would carry them, customers in turn. */
function messagesInTurn(size: number): Buffer[] {
  const byTurn = customerNames(CUSTOMERS).map((name) =>
    inGroups(history(name, 0, CHANGES_EACH), size),
  );
  const turns = Array.from({ length: CHANGES_EACH / size }, (_, turn) =>
    byTurn.flatMap((groups) => groups.slice(turn, turn + 1)),
  );
  return turns
    .flat()
    .flatMap((events) => messagesOf(events).map((message) => Buffer.from(JSON.stringify(message))));
}

function bareRound(messages: readonly Buffer[]): number {
  const state = bareState();
  const began = performance.now();
  for (const message of messages) bareFold(message, state);
  return performance.now() - began;
}

async function foldRound(messages: readonly Buffer[], stores: Stores): Promise<number> {
  const { customers, lists } = stores;
  const ports = applyPorts({ customers: { ...memoryCustomers(), ...customers }, lists });
  const began = performance.now();
  for (const message of messages) {
    const read = readChangeMessage(JSON.parse(message.toString('utf8')));
    const { failed } = await applyChanges(read, ports);
    for (const { error } of failed) throw error;
  }
  return performance.now() - began;
}

type Stores = { readonly customers: CustomerStore; readonly lists: CustomerLists };
type StoreCall = (stores: Stores) => Promise<unknown>;

function emptyStores(): Stores {
  return { customers: jsonStore(), lists: memoryLists() };
}

/** What the fold asks of the stores, call by call. */
async function callsOf(messages: readonly Buffer[]): Promise<readonly StoreCall[]> {
  const calls: StoreCall[] = [];
  const stores = emptyStores();
  const asked = (call: StoreCall) => calls.push(call);
  const customers: CustomerStore = {
    ...stores.customers,
    read(...question) {
      asked((again) => again.customers.read(...question));
      return stores.customers.read(...question);
    },
    commit(...writes) {
      asked((again) => again.customers.commit(...writes));
      return stores.customers.commit(...writes);
    },
  };
  const lists: CustomerLists = {
    ...stores.lists,
    read(...question) {
      asked((again) => again.lists.read(...question));
      return stores.lists.read(...question);
    },
    write(...row) {
      asked((again) => again.lists.write(...row));
      return stores.lists.write(...row);
    },
  };
  await foldRound(messages, { customers, lists });
  return calls;
}

/** Reads the messages and repeats the calls: everything but the fold itself. */
async function replayRound(
  messages: readonly Buffer[],
  calls: readonly StoreCall[],
): Promise<number> {
  const stores = emptyStores();
  const began = performance.now();
  for (const message of messages) readChangeMessage(JSON.parse(message.toString('utf8')));
  for (const call of calls) await call(stores);
  return performance.now() - began;
}
