// What the feeds of ERPs push.
import { postChanges, postD365Rows } from '../feed.ts';
import type { Trigger } from '../trigger.ts';

export const feedTriggers = [
  {
    kind: 'http',
    name: 'post-changes',
    method: 'POST',
    route: 'changes',
    policy: 'roles',
    roles: ['Feed.Write'],
    runs: postChanges,
  },
  {
    kind: 'http',
    name: 'post-d365-rows',
    method: 'POST',
    route: 'changes/d365/{table}',
    policy: 'roles',
    roles: ['Feed.Write'],
    runs: postD365Rows,
  },
] as const satisfies readonly Trigger[];
