// Planted bugs in what snapshots leave out.
import type { PlantedBug } from '../planted-bug.ts';

const SNAPSHOT = 'domain/snapshot.ts';
const SETTLE = 'application/snapshots/settle-snapshots.ts';
const JUDGE = 'application/snapshots/judge-customer.ts';
const STORE = 'application/snapshots/snapshot-store.ts';

export const SNAPSHOT_BUGS: readonly PlantedBug[] = [
  {
    name: 'a snapshot takes effect whatever it has carried',
    replacements: [{ file: SETTLE, find: 'completion.rowCount <= carried', put: 'true' }],
  },
  {
    name: 'a snapshot takes effect one record too late',
    replacements: [
      {
        file: SETTLE,
        find: 'completion.rowCount <= carried',
        put: 'completion.rowCount < carried',
      },
    ],
  },
  {
    name: 'a record is not carried by a row that is not the newest',
    replacements: [
      {
        file: 'domain/fold-change.ts',
        find: 'const carried = withMarkOf(before.carried, change);',
        put: 'const carried = newest === told ? before.carried : withMarkOf(before.carried, change);',
      },
    ],
  },
  {
    name: 'a record at the high water is spared',
    replacements: [
      {
        file: SNAPSHOT,
        find: 'compareVersions(main, completion) <= 0',
        put: 'compareVersions(main, completion) < 0',
      },
    ],
  },
  {
    name: 'what is newer than a snapshot is left out as well',
    replacements: [{ file: SNAPSHOT, find: 'compareVersions(main, completion) <= 0 &&', put: '' }],
  },
  {
    name: 'a record that is carried twice counts twice',
    replacements: [
      {
        file: 'domain/fold-change.ts',
        find: 'if (snapshotId === undefined || !isFirst) return;',
        put: 'if (snapshotId === undefined || change.row === null) return;',
      },
    ],
  },
  {
    name: 'records of a customer count again with every delivery',
    replacements: [
      {
        file: STORE,
        find: 'const more = records - (known?.document.records ?? 0);',
        put: 'const more = records;',
      },
    ],
  },
  {
    name: 'a row a snapshot left out is forgotten',
    replacements: [
      {
        file: SNAPSHOT,
        find: '{ ...part, row: null, leftOut: part.row }',
        put: '{ ...part, row: null }',
      },
    ],
  },
  {
    name: 'the last snapshot to take effect decides, not the newest',
    replacements: [
      {
        file: SNAPSHOT,
        find: 'return before === undefined || isNewerCompletion(completion, before);',
        put: 'return JSON.stringify(completion) !== JSON.stringify(before);',
      },
    ],
  },
  {
    name: 'snapshots of two epochs with one id are one',
    replacements: [
      {
        file: SNAPSHOT,
        find: 'return `${epoch}|${snapshotId}`;',
        put: 'return `1|${snapshotId}`;',
      },
    ],
  },
  {
    name: 'rows that come after the completion do not complete it',
    replacements: [
      {
        file: SETTLE,
        find: "if ((await settle(key, ports)) === 'conflict') return 'conflict';",
        put: '',
      },
    ],
  },
  {
    name: 'a completion that comes after all rows does not take effect',
    replacements: [
      { file: SETTLE, find: 'await retryLostRaces(() => settle(event, ports), ports);', put: '' },
    ],
  },
  {
    name: 'a lost race for a completion counts as done',
    replacements: [
      {
        file: SETTLE,
        find: "return writes.length === 0 ? 'committed' : snapshots.commit(key.company, writes);",
        put: "if (writes.length > 0) await snapshots.commit(key.company, writes);\n  return 'committed';",
      },
    ],
  },
  {
    name: 'a snapshot in effect starts no run over the customers',
    replacements: [
      {
        file: SETTLE,
        find: "await ports.startRun({ task: 'judge', company, customer: null, reference: 0 });",
        put: "{ id: 'none' };",
      },
    ],
  },
  {
    name: 'a run of judging is noted as started before it is',
    replacements: [
      {
        file: SETTLE,
        find: '  let { runs } = stored.document;',
        put: `  const early = { ...stored.document, spread: completions };
          const write = { id: EFFECTIVE_ID, document: early, etag: stored.etag };
          if ((await ports.snapshots.commit(company, [write])) === 'conflict') return 'conflict';
          let { runs } = stored.document;`,
      },
    ],
  },
  {
    name: 'reference data are not judged',
    replacements: [{ file: SETTLE, find: 'if (fresh.some(isOfCompany)) {', put: 'if (false) {' }],
  },
  {
    name: 'a new customer does not ask for snapshots',
    replacements: [
      {
        file: 'application/snapshots/snapshots-for.ts',
        find: 'if (revision > 1) return known;',
        put: 'return known;',
      },
    ],
  },
  {
    name: 'records are judged before the header knows the snapshot',
    replacements: [
      {
        file: JUDGE,
        find: 'await applyChunk(company, customer, changes, ports, completions);',
        put: 'await applyChunk(company, customer, changes, ports, changes.length > 0 ? completions : {});',
      },
    ],
  },
  {
    name: 'a customer that knows the snapshot is not gone through again',
    replacements: [
      {
        file: JUDGE,
        find: 'if (header === null || Object.keys(completions).length === 0) return 0;',
        put: `if (header === null || Object.keys(completions).length === 0) return 0;
          if (JSON.stringify(header.document.snapshots) === JSON.stringify(completions)) return 0;`,
      },
    ],
  },
  {
    name: 'lists are not put right after judging',
    replacements: [
      {
        file: JUDGE,
        find: 'return assertListRows({ company, customer, header: after }, AS_STAMPED, ports);',
        put: "return 'committed';",
      },
    ],
  },
  {
    name: 'lists of activities are not put right after judging',
    replacements: [
      {
        file: JUDGE,
        find: '() => assertAgentActivities(company, customer, activities, false, ports),',
        put: "async () => 'committed',",
      },
    ],
  },
  {
    name: 'a row told again within a snapshot counts as a repeat',
    replacements: [
      {
        file: 'application/ingest-changes.ts',
        find: 'snapshotId: change.snapshotId ?? null,',
        put: '',
      },
    ],
  },
];
