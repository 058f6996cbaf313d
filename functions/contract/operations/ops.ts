// The operations of those who run it: quarantine, dead letters, rebuilds.
import * as z from 'zod';
import { DEAD_LETTERS_MAX } from '../../dead-letters.ts';
import { deadLetters, replayed } from '../answers/dead-letters-schema.ts';
import { erasure } from '../answers/erasure-schema.ts';
import { quarantineItem, quarantineList } from '../answers/quarantine-schema.ts';
import { rebuild } from '../answers/rebuild-schema.ts';
import { deadLetterReplay, REPLAYED_MAX } from '../dead-letter-replay.ts';
import { ERASURE_BYTES_MAX, erasureRequest } from '../erasure-request.ts';
import { LIMIT_DEFAULT } from '../query.ts';
import { REBUILD_BYTES_MAX, rebuildRequest } from '../rebuild-request.ts';
import { json, type Operation } from './operation.ts';
import { CURSOR, LIMIT } from './parameters.ts';

export const getQuarantine: Operation = {
  tag: 'Operations',
  summary: 'Changes in quarantine',
  description:
    'Accepted changes, and rows of a source, that could not be applied, newest first, without their values.',
  query: [
    { name: 'company', description: 'Only of this company.', schema: { type: 'string' } },
    { name: 'customer', description: 'Only of this customer.', schema: { type: 'string' } },
    LIMIT,
    CURSOR,
  ],
  answers: { 200: json('A page of them.', quarantineList) },
  conditional: true,
};

export const getQuarantineItem: Operation = {
  tag: 'Operations',
  summary: 'A change in quarantine',
  description: 'The whole change, and where and why it failed.',
  answers: { 200: json('The change.', quarantineItem) },
  conditional: true,
  problems: ['quarantine-item-not-found'],
};

export const replayQuarantineItem: Operation = {
  tag: 'Operations',
  summary: 'Replay a change in quarantine',
  description: 'Puts it on the queue again. It leaves the quarantine once it has been applied.',
  answers: { 202: json('The change, which is on the queue again.', quarantineItem) },
  problems: ['quarantine-item-not-found'],
};

export const getDeadLetters: Operation = {
  tag: 'Operations',
  summary: 'Dead letters',
  description: 'Messages of the change queue that were given up, oldest first; none is touched.',
  query: [
    {
      ...LIMIT,
      schema: { type: 'integer', minimum: 1, maximum: DEAD_LETTERS_MAX, default: LIMIT_DEFAULT },
    },
    CURSOR,
  ],
  answers: { 200: json('A page of them.', deadLetters) },
  conditional: true,
};

const whichLetters = deadLetterReplay.register(z.globalRegistry, {
  id: 'DeadLetterReplay',
  description: 'Sequence numbers as texts, or all of them.',
});

export const replayDeadLetters: Operation = {
  tag: 'Operations',
  summary: 'Replay dead letters',
  description: `Puts them on the queue again, ${REPLAYED_MAX} by one request at most.`,
  body: { description: 'Which ones.', content: { 'application/json': whichLetters } },
  answers: { 202: json('How many are on the queue again.', replayed) },
  problems: ['malformed-json', 'invalid-parameter'],
};

const whose = rebuildRequest.register(z.globalRegistry, {
  id: 'RebuildRequest',
  description: 'A company, and maybe one of its customers.',
});

export const postRebuild: Operation = {
  tag: 'Operations',
  summary: 'Rebuild read models',
  description:
    'Makes the read models of a customer, or of a company, anew from the facts that are stored; ' +
    'reads are served meanwhile.',
  body: {
    description: `Whose, in at most ${REBUILD_BYTES_MAX} bytes.`,
    content: { 'application/json': whose },
  },
  answers: {
    202: {
      ...json('The rebuild, which goes on after the answer.', rebuild),
      headers: { location: 'Where to ask how far it is.' },
    },
  },
  problems: ['request-too-large', 'invalid-parameter'],
};

export const getRebuild: Operation = {
  tag: 'Operations',
  summary: 'How far a rebuild is',
  description: 'Counts customers, and documents that were not as they ought to be.',
  answers: { 200: json('How far it is.', rebuild) },
  conditional: true,
  problems: ['rebuild-not-found'],
};

const whom = erasureRequest.register(z.globalRegistry, {
  id: 'ErasureRequest',
  description: 'A company and one of its customers.',
});

export const postErasure: Operation = {
  tag: 'Operations',
  summary: 'Erase a customer',
  description:
    'Takes what is personal of a customer – names, addresses, texts that people wrote – out of ' +
    'everything that is stored, for good: what is told again, late or anew is stored without it. ' +
    'Balances and transactions stay. There is no way back.',
  body: {
    description: `Whom, in at most ${ERASURE_BYTES_MAX} bytes.`,
    content: { 'application/json': whom },
  },
  answers: {
    202: {
      ...json('The erasure, which goes on after the answer.', erasure),
      headers: { location: 'Where to ask how far it is.' },
    },
  },
  problems: ['request-too-large', 'invalid-parameter'],
};

export const getErasure: Operation = {
  tag: 'Operations',
  summary: 'How far an erasure is',
  description: 'Counts documents and messages that lost something.',
  answers: { 200: json('How far it is.', erasure) },
  conditional: true,
  problems: ['erasure-not-found'],
};
