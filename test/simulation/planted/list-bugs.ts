// Planted bugs in the rows of company-wide lists and of workers' activities.
import type { PlantedBug } from '../planted-bug.ts';

const ROWS = 'application/assert-list-rows.ts';
const ACTIVITIES = 'application/assert-agent-activities.ts';
const MESSAGE = 'application/apply-changes.ts';
const ASSERTED = 'if (message.customer !== null && header !== null)';

export const LIST_BUGS: readonly PlantedBug[] = [
  {
    name: 'rows are not asserted again when nothing was new',
    replacements: [
      {
        file: MESSAGE,
        find: ASSERTED,
        put: "if (message.customer !== null && header !== null && outcomes.some(({ kind }) => kind === 'applied'))",
      },
    ],
  },
  {
    name: 'a row stays on the list of a pool that was left',
    replacements: [
      {
        file: ROWS,
        find: 'for (const pool of new Set([...belongs, ...header.lists.pools])) {',
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
    name: 'an older activity replaces a newer one',
    replacements: [
      {
        file: ACTIVITIES,
        find: 'stored !== null && stored.document.revision >= document.lists.revision',
        put: 'stored !== null && stored.document.revision === document.lists.revision',
      },
    ],
  },
  {
    name: 'an activity stays with the worker it was taken from',
    replacements: [
      {
        file: 'domain/fold-change.ts',
        find: 'new Set([...known.workers, ...responsibleOf(row)])',
        put: 'new Set(responsibleOf(row))',
      },
    ],
  },
];
