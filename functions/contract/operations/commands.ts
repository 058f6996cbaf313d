// The operations of commands: what coordinators ask for, and what the ERP tells of it.
import { RECORDS_PER_COMMAND_MAX } from '../commands/limits.ts';
import { IDEMPOTENCY_KEY_LENGTH_MAX } from '../commands/idempotency-key.ts';
import { outcomeRequest } from '../commands/outcome-request.ts';
import {
  closeActivitiesRequest,
  commandRequest,
  createActivityRequest,
} from '../commands/bodies.ts';
import { command, commands } from '../answers/command-schema.ts';
import type { Problem } from '../../problem.ts';
import { type Body, json, type Operation, type Parameter } from './operation.ts';
import { CONSISTENCY } from './parameters.ts';

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  description:
    'A text of the caller’s own making, such as a UUID. A request that is sent again with the same ' +
    'key does nothing twice: it is answered with the command that came of the first. A key belongs to ' +
    'a user and a customer, for ever.',
  schema: { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY_LENGTH_MAX },
  required: true,
};

const ASKED: readonly Problem['kind'][] = [
  'malformed-json',
  'body-invalid',
  'request-too-large',
  'invalid-parameter',
  'idempotency-key-missing',
  'idempotency-key-reused',
  'command-running',
  'command-refused',
];

const consistent = (body: Body): Body => ({
  ...body,
  headers: {
    'arrears-consistency':
      'Send it with the next read of the customer: it will be no older than this.',
  },
});

const LISTS =
  'Lists of the company follow within the lag of the queue; all that is read of the customer itself ' +
  'is changed with the answer.';

export const postCommand: Operation = {
  tag: 'Commands',
  summary: 'Ask for something to be done',
  description:
    'Collections data (`changeStatus`, `createActivity`, `closeActivities`) is changed before the ' +
    `answer, and announced to the ERP. ${LISTS} Money and documents (\`nsfPayment\`, \`writeOff\`, ` +
    '`settle`, `reprint`) are the ERP’s: the command is checked against what is known, kept, and sent ' +
    'to it; when it cannot be sent at once it stays `pending` and is sent later.',
  headers: [IDEMPOTENCY_KEY],
  body: { description: 'What is asked for.', content: { 'application/json': commandRequest } },
  answers: {
    200: consistent(json('Done: a command about collections data.', command)),
    202: consistent(json('Kept: a command to the ERP, or a document it knows.', command)),
  },
  problems: ASKED,
};

export const postActivity: Operation = {
  tag: 'Commands',
  summary: 'Create an activity',
  description: `For a customer of the company. One without times begins now. ${LISTS}`,
  headers: [IDEMPOTENCY_KEY],
  body: { description: 'The activity.', content: { 'application/json': createActivityRequest } },
  answers: { 200: consistent(json('The command that created it.', command)) },
  problems: [...ASKED, 'customer-not-found'],
};

export const postActivitiesClose: Operation = {
  tag: 'Commands',
  summary: 'Close activities',
  description:
    `One or up to ${RECORDS_PER_COMMAND_MAX}, of any customers. Those of one customer are closed ` +
    'together or not at all; a refusal names the place in the request. Each is named by the ' +
    `\`customer\`, \`source\` and \`record\` of its item on the list. ${LISTS}`,
  headers: [IDEMPOTENCY_KEY],
  body: {
    description: 'Which ones.',
    content: { 'application/json': closeActivitiesRequest },
  },
  answers: { 200: consistent(json('The commands that closed them.', commands)) },
  problems: [...ASKED, 'customer-not-found'],
};

export const getCommand: Operation = {
  tag: 'Commands',
  summary: 'How far a command is',
  description: 'To those who see its customer.',
  headers: [CONSISTENCY],
  answers: { 200: json('The command as it is now.', command) },
  conditional: true,
  problems: ['invalid-parameter', 'command-not-found', 'feature-off'],
};

export const postCommandOutcome: Operation = {
  tag: 'Commands',
  summary: 'Tell what came of a command',
  description:
    'For the ERP. Told twice, late or out of order it changes nothing that was known better: a state ' +
    'never goes back. A change on the feed with `causedBy`, the id of the command, completes it too.',
  body: { description: 'What came of it.', content: { 'application/json': outcomeRequest } },
  answers: { 200: json('The command as it is now.', command) },
  problems: [
    'malformed-json',
    'body-invalid',
    'request-too-large',
    'command-not-found',
    'command-not-the-erps',
  ],
};
