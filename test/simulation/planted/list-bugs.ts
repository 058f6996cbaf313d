// Planted bugs in the rows of company-wide lists and of workers' activities.
import type { PlantedBug } from '../planted-bug.ts';

const ROWS = 'application/assert-list-rows.ts';
const ACTIVITIES = 'application/assert-agent-activities.ts';
const MESSAGE = 'application/apply-changes.ts';
const ASSERTED = 'if (outcomes.length > 0) {';

export const LIST_BUGS: readonly PlantedBug[] = [
  {
    name: 'rows are not asserted again when nothing was new',
    replacements: [
      {
        file: MESSAGE,
        find: ASSERTED,
        put: "if (outcomes.some(({ kind }) => kind === 'applied')) {",
      },
    ],
  },
  {
    name: 'a row stays on the list of a pool that was left',
    replacements: [
      {
        file: ROWS,
        find: 'for (const pool of new Set([...belongs.toReversed(), ...header.lists.pools])) {',
        put: 'for (const pool of belongs) {',
      },
    ],
  },
  {
    name: 'a list that is left is forgotten at once',
    replacements: [
      {
        file: 'domain/listing.ts',
        find: 'new Set([...memory.pools, ...belongs])',
        put: 'new Set(belongs)',
      },
    ],
  },
  {
    name: 'an older row replaces a newer one',
    replacements: [
      {
        file: ROWS,
        find: 'await state.catchUpWith(row);',
        put: '',
      },
      {
        file: ROWS,
        find: 'if (row === null || row.revision < this.header.lists.revision) return false;',
        put: 'if (row === null || row.revision !== this.header.lists.revision) return false;',
      },
    ],
  },
  {
    name: 'a row is not written again after a lost race',
    replacements: [
      {
        file: ROWS,
        find: "if (result === 'committed') return result;",
        put: "return 'committed';",
      },
    ],
  },
  {
    name: 'a row of an activity is not written again after a lost race',
    replacements: [
      {
        file: ACTIVITIES,
        find: "if ((await agentActivities.write(write, agent)) === 'committed') return 'committed';",
        put: "await agentActivities.write(write, agent); return 'committed';",
      },
    ],
  },
  {
    name: 'reference data start no run over the customers',
    replacements: [
      {
        file: MESSAGE,
        find: 'if (message.customer === null) return relistCustomers(message.company, ports);',
        put: "if (message.customer === null) return 'committed';",
      },
    ],
  },
  {
    name: 'a run is noted as started before it is',
    replacements: [
      {
        file: 'application/relist-customers.ts',
        find: "  await startRun({ task: 'relist', company, customer: null, reference: listing });",
        put: '',
      },
      {
        file: 'application/relist-customers.ts',
        find: '  return reference.commit(company, [{ id: REFERENCE_ID, document: relisted, etag }]);',
        put: `  const noted = await reference.commit(company, [{ id: REFERENCE_ID, document: relisted, etag }]);
  if (noted === 'conflict') return noted;
  await startRun({ task: 'relist', company, customer: null, reference: listing });
  return noted;`,
      },
    ],
  },
  {
    name: 'a task of a run goes by reference data that are remembered',
    replacements: [
      {
        file: ROWS,
        find: 'if ((this.#company?.listing ?? 0) >= reference) return;',
        put: 'return;',
      },
    ],
  },
  {
    name: 'the page of a step is read anew each time it is taken',
    replacements: [
      {
        file: 'application/sweep.ts',
        find: 'if (document.page === page) return stored;',
        put: 'if (document.page === page) return { ...stored, document: { ...document, customers: [] } };',
      },
    ],
  },
  {
    name: 'an activity stays with the worker it was taken from',
    replacements: [
      {
        file: 'domain/activity.ts',
        find: 'new Set([...lists.workers, ...(responsible === null ? [] : [responsible])])',
        put: 'new Set(responsible === null ? [] : [responsible])',
      },
    ],
  },
];
