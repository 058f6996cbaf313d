// What an operator asks and does (SPEC §8).
import { getDeadLetters, replayDeadLetters } from '../dead-letters.ts';
import { getErasure, postErasure } from '../erase.ts';
import { getQuarantine, getQuarantineItem, replayQuarantineItem } from '../quarantine.ts';
import { getRebuild, postRebuild } from '../rebuild.ts';
import type { Trigger } from '../trigger.ts';

export const operationsTriggers = [
  {
    kind: 'http',
    name: 'get-quarantine',
    method: 'GET',
    route: 'ops/quarantine',
    policy: 'roles',
    roles: ['Ops'],
    runs: getQuarantine,
  },
  {
    kind: 'http',
    name: 'get-quarantine-item',
    method: 'GET',
    route: 'ops/quarantine/{id}',
    policy: 'roles',
    roles: ['Ops'],
    runs: getQuarantineItem,
  },
  {
    kind: 'http',
    name: 'replay-quarantine-item',
    method: 'POST',
    route: 'ops/quarantine/{id}/replay',
    policy: 'roles',
    roles: ['Ops'],
    runs: replayQuarantineItem,
  },
  {
    kind: 'http',
    name: 'get-dead-letters',
    method: 'GET',
    route: 'ops/dead-letters',
    policy: 'roles',
    roles: ['Ops'],
    runs: getDeadLetters,
  },
  {
    kind: 'http',
    name: 'replay-dead-letters',
    method: 'POST',
    route: 'ops/dead-letters/replay',
    policy: 'roles',
    roles: ['Ops'],
    runs: replayDeadLetters,
  },
  {
    kind: 'http',
    name: 'post-rebuild',
    method: 'POST',
    route: 'ops/rebuild',
    policy: 'roles',
    roles: ['Ops'],
    runs: postRebuild,
  },
  {
    kind: 'http',
    name: 'get-rebuild',
    method: 'GET',
    route: 'ops/rebuild/{id}',
    policy: 'roles',
    roles: ['Ops'],
    runs: getRebuild,
  },
  {
    kind: 'http',
    name: 'post-erasure',
    method: 'POST',
    route: 'ops/erase',
    policy: 'roles',
    roles: ['Ops'],
    runs: postErasure,
  },
  {
    kind: 'http',
    name: 'get-erasure',
    method: 'GET',
    route: 'ops/erase/{id}',
    policy: 'roles',
    roles: ['Ops'],
    runs: getErasure,
  },
] as const satisfies readonly Trigger[];
