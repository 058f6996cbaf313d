// The operations of the change feed: telling changes, how far they have come, and what became of
// snapshots.
import * as z from 'zod';
import { ENTITIES } from '../../../domain/change.ts';
import { dryRunReceipts, receipts } from '../answers/receipts-schema.ts';
import { watermarks } from '../answers/watermarks-schema.ts';
import {
  CHANGE_BYTES_MAX,
  CHANGES_MAX,
  COMPANY_LENGTH_MAX,
  NESTING_MAX,
  REQUEST_BYTES_MAX,
  SOURCE_LENGTH_MAX,
} from '../feed/limits.ts';
import { SNAPSHOTS_MAX } from '../../snapshots.ts';
import { snapshotList } from '../answers/snapshots-schema.ts';
import { LIMIT_DEFAULT } from '../query.ts';
import { event } from './feed-events.ts';
import { json, type Operation } from './operation.ts';
import { CURSOR, LIMIT } from './parameters.ts';

const MIB = 1024 * 1024;
const KIB = 1024;

const batch = z
  .array(event)
  .max(CHANGES_MAX)
  .meta({ id: 'ChangeBatch', description: 'Changes, in any order.' });

export const postChanges: Operation = {
  tag: 'Feed',
  summary: 'Tell changes',
  description: [
    'Takes changes as CloudEvents 1.0 in structured JSON, and answers with a receipt for each. Good',
    'changes are taken even if others are rejected. **What got 202 is durable**: the answer comes',
    'after the queue has taken the changes, and they show in reads soon after. After a 503 some may',
    'have been taken: send the whole request again; telling a change twice does no harm.',
    '',
    'Of each record and facet the newest (epoch, version) counts, in whatever order changes come.',
    '',
    'A **snapshot** tells all records of one entity of a company: its rows have `phase: snapshot` and',
    'a `snapshotId`, and `erp.snapshot.completed.v1` says how many records they are, and the high',
    'water: the greatest version it speaks of. Once so many distinct records were carried it takes',
    'effect: a record that it did not carry is gone, unless its main row is newer than the high water.',
    'Until then it deletes nothing. Rows, start and completion may come in any order.',
    '',
    `At most ${REQUEST_BYTES_MAX / MIB} MiB and ${CHANGES_MAX} changes a request,`,
    `${CHANGE_BYTES_MAX / KIB} KiB a change, ${NESTING_MAX} levels of nesting. Beyond, and for what`,
    'is not valid JSON or of another content type, the answer is one problem and nothing is taken.',
  ].join('\n'),
  query: [
    {
      name: 'dryRun',
      description: 'Checks and reports without taking anything; the answer is a 200.',
      schema: { type: 'boolean', default: false },
    },
  ],
  body: {
    description: 'Changes, without a content encoding.',
    content: {
      'application/cloudevents-batch+json': batch,
      'application/cloudevents+json': event,
      'application/json': z.union([batch, event]),
      'application/x-ndjson': { text: 'A change a line, each a `ChangeEvent`.' },
    },
  },
  answers: {
    200: json('The receipts of a dry run.', dryRunReceipts),
    202: json('The receipts; what is accepted is durable.', receipts),
  },
  problems: ['malformed-json', 'nesting-too-deep', 'request-too-large', 'unsupported-content-type'],
};

export const getWatermarks: Operation = {
  tag: 'Feed',
  summary: 'How far the feed has come',
  description: [
    'Of each company, source and entity the highest version accepted and applied, how long the last',
    'change took from its `time`, and about how many changes ended how.',
    '',
    'This is for monitoring: it follows within seconds, and a process that is killed takes what it',
    'noted in its last seconds with it. **A feed resumes from its own last 202, with an overlap**, and',
    'never from here: that a version is applied does not say that every lower one is. Rows of Dynamics',
    '365 Finance that name no company or are a part of something else count as accepted once it is',
    'known whose they are. A filter on a source or an entity alone reads all companies through.',
  ].join('\n'),
  query: [
    {
      name: 'source',
      description: 'Only of this source, without its epoch.',
      schema: { type: 'string', minLength: 1, maxLength: SOURCE_LENGTH_MAX },
    },
    {
      name: 'company',
      description: 'Only of this company.',
      schema: { type: 'string', minLength: 1, maxLength: COMPANY_LENGTH_MAX },
    },
    {
      name: 'entity',
      description: 'Only of this entity.',
      schema: { type: 'string', enum: [...ENTITIES] },
    },
    LIMIT,
    CURSOR,
  ],
  answers: { 200: json('A page of them.', watermarks) },
  conditional: true,
};

export const getSnapshots: Operation = {
  tag: 'Feed',
  summary: 'What became of snapshots',
  description: [
    'Snapshots of a company, by entity, source and id. One that is told to be complete and has not',
    'carried as many records as it says deletes nothing, and is `incomplete`.',
  ].join('\n'),
  query: [
    {
      name: 'company',
      required: true,
      description: 'The id of the legal entity.',
      schema: { type: 'string' },
    },
    {
      ...LIMIT,
      schema: { type: 'integer', minimum: 1, maximum: SNAPSHOTS_MAX, default: LIMIT_DEFAULT },
    },
    CURSOR,
  ],
  answers: { 200: json('A page of them.', snapshotList) },
};
