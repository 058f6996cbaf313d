// What the feeds of ERPs push, and ask about it.
import { postChanges, postD365Rows } from '../feed.ts';
import { getSnapshots } from '../snapshots.ts';
import type { Trigger } from '../trigger.ts';
import { getWatermarks } from '../watermarks.ts';

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
  {
    kind: 'http',
    name: 'get-watermarks',
    method: 'GET',
    route: 'changes/watermarks',
    policy: 'roles',
    roles: ['Feed.Write', 'Ops'],
    runs: getWatermarks,
  },
  {
    kind: 'http',
    name: 'get-snapshots',
    method: 'GET',
    route: 'changes/snapshots',
    policy: 'roles',
    roles: ['Feed.Write', 'Ops'],
    runs: getSnapshots,
  },
] as const satisfies readonly Trigger[];
