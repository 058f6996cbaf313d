// The operation of the change feed.
import * as z from 'zod';
import { dryRunReceipts, receipts } from '../answers/receipts-schema.ts';
import { CHANGE_BYTES_MAX, CHANGES_MAX, NESTING_MAX, REQUEST_BYTES_MAX } from '../feed/limits.ts';
import { event } from './feed-events.ts';
import { json, type Operation } from './operation.ts';

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
