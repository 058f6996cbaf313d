// The dead letters of the queue `changes` over HTTP (SPEC §8): looked at, and replayed.
import { conditionalOnContent } from './conditional-read.ts';
import type { AnswerOf } from './contract/answers/answer-of.ts';
import type { deadLetters, replayed } from './contract/answers/dead-letters-schema.ts';
import {
  isSequenceNumber,
  readDeadLetterReplay,
  REPLAYED_MAX,
} from './contract/dead-letter-replay.ts';
import { encodePosition, readPosition } from './contract/cursor.ts';
import { invalid, readLimit } from './contract/query.ts';
import type { ApiHandler } from './http.ts';

const LIST = 'dead-letters';
/** Items of a page at most: each is a whole message. */
export const DEAD_LETTERS_MAX = 100;

/** `GET /api/ops/dead-letters`: oldest first, none of them touched. */
export const getDeadLetters: ApiHandler = async (request, app) => {
  const { query } = request;
  const limit = readLimit(query, DEAD_LETTERS_MAX);
  if ('problem' in limit) return limit;
  const from = readPosition(query, LIST, ['']);
  if ('problem' in from) return from;
  const [number] = from.value ?? ['0'];
  if (typeof number !== 'string' || !isSequenceNumber(number)) {
    return invalid('cursor', 'cursor is not one this list returned.');
  }
  const found = await app.deadLetters.peek(number, limit.value + 1);
  const next = found[limit.value];
  const cursor = next === undefined ? null : encodePosition([next.sequenceNumber], LIST);
  const body: AnswerOf<typeof deadLetters> = { items: found.slice(0, limit.value), cursor };
  return conditionalOnContent(request, app, { status: 200, body });
};

/** `POST /api/ops/dead-letters/replay`: 202 with how many are on the queue again. */
export const replayDeadLetters: ApiHandler = async (request, app) => {
  const which = readDeadLetterReplay(await request.body());
  if ('problem' in which) return which;
  const body: AnswerOf<typeof replayed> = await app.deadLetters.replay(which.value, REPLAYED_MAX);
  return { status: 202, body };
};
