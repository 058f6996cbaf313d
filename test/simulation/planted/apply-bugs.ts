// Planted bugs in how a message gets into the store: races, chunks, failures, deliveries.
import type { PlantedBug } from '../planted-bug.ts';

const MESSAGE = 'application/apply-changes.ts';
const CHUNK = 'application/apply-customer-changes.ts';
const STORE = 'test/support/partitions.ts';
const TAG_CHECK = 'if ((partition.get(id)?.etag ?? null) !== etag)';

export const APPLY_BUGS: readonly PlantedBug[] = [
  {
    name: 'tags are ignored',
    replacements: [{ file: STORE, find: TAG_CHECK, put: 'if (etag === undefined)' }],
  },
  {
    name: 'the header is not guarded by its tag',
    replacements: [
      {
        file: STORE,
        find: TAG_CHECK,
        put: "if (id !== 'header' && (partition.get(id)?.etag ?? null) !== etag)",
      },
    ],
  },
  {
    name: 'a lost race counts as done',
    replacements: [
      {
        file: CHUNK,
        find: "return result === 'committed'\n",
        put: "return result !== 'never'\n",
      },
    ],
  },
  {
    name: 'a lost race for reference data counts as done',
    replacements: [
      { file: MESSAGE, find: "if (result === 'conflict') return 'conflict';", put: '' },
    ],
  },
  {
    name: 'too many lost races count as done',
    replacements: [
      {
        file: 'application/retry-lost-races.ts',
        find: 'throw new TooManyConflicts();\n    await',
        put: 'return { outcomes: [{ kind: "duplicate" }], header: null };\n    await',
      },
    ],
  },
  {
    name: 'the message is completed before it is written',
    replacements: [
      {
        file: MESSAGE,
        find: 'const chunk = await applyChunk(company, customer, some, ports);',
        put: `void applyChunk(company, customer, some, ports).catch(() => {});
          return { outcomes: some.map(() => ({ kind: 'applied' })), header: null };
          const chunk = { kind: 'conflict' };`,
      },
    ],
  },
  {
    name: 'a store that is away counts as done',
    replacements: [
      {
        file: MESSAGE,
        find: '() => applySome(message, done, end, ports)',
        put: `() => applySome(message, done, end, ports).catch(() => ({
          outcomes: message.changes.map(() => ({ kind: 'duplicate' })), header: null }))`,
      },
    ],
  },
  {
    name: 'a commit of unknown outcome counts as done',
    replacements: [
      {
        file: CHUNK,
        find: 'await store.commit(identity.pk, writes)',
        put: "await store.commit(identity.pk, writes).catch(() => 'committed')",
      },
    ],
  },
  {
    name: 'a commit of unknown outcome is forced without reading again',
    replacements: [
      {
        file: CHUNK,
        find: 'await store.commit(identity.pk, writes)',
        put: `await store.commit(identity.pk, writes).catch(async () => {
          const now = await store.read(identity.pk, writes.map(({ id }) => id));
          const forced = writes.map((one) => ({ ...one, etag: now.get(one.id)?.etag ?? null }));
          return store.commit(identity.pk, forced);
        })`,
      },
    ],
  },
  {
    name: 'a chunk goes on one change too far',
    replacements: [
      {
        file: MESSAGE,
        find: 'done += result.value.outcomes.length;',
        put: 'done += result.value.outcomes.length + Number(result.value.outcomes.length < end - done);',
      },
    ],
  },
  {
    name: 'only the first chunk of a message is applied',
    replacements: [
      {
        file: MESSAGE,
        find: 'for (let done = 0; done < message.changes.length; ) {',
        put: 'for (let done = 0; done === 0; ) {',
      },
    ],
  },
  {
    name: 'nothing is held while the store is away',
    replacements: [
      { file: 'application/hold.ts', find: 'HOLD_MAX = 4 * 60_000;', put: 'HOLD_MAX = 0;' },
    ],
  },
  {
    name: 'a message is dropped at ten deliveries',
    replacements: [
      {
        file: 'infra/topology.json',
        find: '"maxDeliveryCount": 500',
        put: '"maxDeliveryCount": 10',
      },
    ],
  },
];
