// The change feed over HTTP (SPEC §2).
import type { AnswerOf } from './contract/answers/answer-of.ts';
import type { dryRunReceipts, receipts } from './contract/answers/receipts-schema.ts';
import { readFeedRequest } from './contract/feed/request-body.ts';
import { REQUEST_BYTES_MAX } from './contract/feed/limits.ts';
import type { ApiHandler } from './http.ts';

/** `POST /api/changes`: receipts for every change; 202 only once the queue has the good ones. */
export const postChanges: ApiHandler = async (request, app) => {
  const encoding = request.header('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    const detail = 'Send the body without a content encoding.';
    return { problem: { kind: 'unsupported-content-type', detail } };
  }
  const announced = Number(request.header('content-length') ?? 0);
  if (announced > REQUEST_BYTES_MAX) {
    const detail = `A request has at most ${REQUEST_BYTES_MAX} bytes.`;
    return { problem: { kind: 'request-too-large', detail } };
  }
  const dryRun = request.query.get('dryRun');
  if (dryRun !== null && dryRun !== 'true' && dryRun !== 'false') {
    const detail = 'dryRun is true or false.';
    const allowed = ['true', 'false'];
    return { problem: { kind: 'invalid-parameter', parameter: 'dryRun', detail, allowed } };
  }
  const read = readFeedRequest(request.header('content-type'), await request.body());
  if ('problem' in read) return read;
  const dry = dryRun === 'true';
  const ingested: AnswerOf<typeof receipts> = await app.ingest(read.changes, dry);
  if (!dry) return { status: 202, body: ingested };
  const body: AnswerOf<typeof dryRunReceipts> = { dryRun: true, ...ingested };
  return { status: 200, body };
};
