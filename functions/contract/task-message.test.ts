import { describe, expect, test } from 'vitest';
import type { TaskMessage } from '../../application/task-message.ts';
import { UnreadableMessage } from './change-message.ts';
import { readTaskMessage } from './task-message.ts';

const TASK: TaskMessage = {
  kind: 'customer-task',
  task: 'rebuild',
  run: 'r',
  ordinal: 1,
  reference: 0,
  day: null,
  company: 'usmf',
  customer: 'Erika',
};
const RE_AGE: TaskMessage = { ...TASK, task: 're-age', day: 20_545 };
const STEP: TaskMessage = {
  kind: 'sweep-step',
  run: 'r',
  page: 1,
  company: 'usmf',
  customer: null,
};

describe('a task of the queue', () => {
  test.each([TASK, RE_AGE, STEP])('is read as it was sent: $kind', (message) => {
    expect(readTaskMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  test.each([[null], ['text'], [{ company: 'usmf', customer: null, changes: [] }]])(
    'is not what has no kind',
    (body) => {
      expect(readTaskMessage(body)).toBeNull();
    },
  );

  test.each([
    { ...TASK, kind: 'customer-change' },
    { ...TASK, task: 'toString' },
    { ...TASK, ordinal: 0 },
    { ...TASK, day: '2026-04-30' },
    { ...STEP, page: null },
  ])('that this version does not know is refused, and not quoted', (body) => {
    const read = readTaskMessage(body);
    if (!(read instanceof UnreadableMessage)) throw new Error('it was read');
    expect(read.message).toMatch(/cannot be read at: [a-z]+$/);
  });
});
