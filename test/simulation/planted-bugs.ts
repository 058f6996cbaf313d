// Bugs as people make them, planted in the production code to see that the simulator finds them
// all. Each replaces text that must stand exactly once: when the code changes, so must its bug.
import { APPLY_BUGS } from './planted/apply-bugs.ts';
import { COMMAND_BUGS } from './planted/command-bugs.ts';
import { FEED_BUGS } from './planted/feed-bugs.ts';
import { FOLD_BUGS } from './planted/fold-bugs.ts';
import { HEADER_BUGS } from './planted/header-bugs.ts';
import { LINK_BUGS } from './planted/link-bugs.ts';
import { LIST_BUGS } from './planted/list-bugs.ts';
import { READ_BUGS } from './planted/read-bugs.ts';
import { SNAPSHOT_BUGS } from './planted/snapshot-bugs.ts';
import { VERSION_BUGS } from './planted/version-bugs.ts';
import type { PlantedBug } from './planted-bug.ts';

/** Schedules in which each must be found. */
export const FOUND_WITHIN = 5_000;

export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...VERSION_BUGS,
  ...FOLD_BUGS,
  ...HEADER_BUGS,
  ...APPLY_BUGS,
  ...FEED_BUGS,
  ...LIST_BUGS,
  ...READ_BUGS,
  ...COMMAND_BUGS,
  ...SNAPSHOT_BUGS,
  ...LINK_BUGS,
];

/** Changes of the code that look like bugs and cannot be seen in anything stored or answered. */
export const EQUIVALENT: readonly (PlantedBug & { readonly reason: string })[] = [
  {
    name: 'documents other than the header are not guarded by their tags',
    reason: 'every commit replaces the header, whose tag was read before all else',
    replacements: [
      {
        file: 'test/support/partitions.ts',
        find: 'if ((partition.get(id)?.etag ?? null) !== etag)',
        put: "if (id === 'header' && (partition.get(id)?.etag ?? null) !== etag)",
      },
    ],
  },
  {
    name: 'a message may hold any number of changes',
    reason: 'a batch that does not fit is halved until it does',
    replacements: [
      {
        file: 'application/change-message.ts',
        find: 'CHANGES_PER_MESSAGE_MAX = 24;',
        put: 'CHANGES_PER_MESSAGE_MAX = 5_000;',
      },
    ],
  },
  {
    name: 'a settlement is still in effect on the day it is reversed',
    reason: 'only settlements dated or reversed after the day are looked at: it is never compared',
    replacements: [
      { file: 'domain/as-of.ts', find: 'day < reversedOn);', put: 'day <= reversedOn);' },
    ],
  },
  {
    name: 'a batch is never split',
    reason: 'what the store refuses is tried again change by change, each of which fits',
    replacements: [
      {
        file: 'application/apply-customer-changes.ts',
        find: 'if (!fits(writes) && count > 1) continue;',
        put: '',
      },
    ],
  },
];
