// The change feed over HTTP (SPEC §2): canonical changes, and rows as Dynamics 365 Finance exports
// them.
import { TABLES } from '../adapters/d365/tables.ts';
import { folderTime } from '../adapters/d365/version.ts';
import type { AnswerOf } from './contract/answers/answer-of.ts';
import type { dryRunReceipts, receipts } from './contract/answers/receipts-schema.ts';
import { readRows } from './contract/d365/request-body.ts';
import type { Origin } from './contract/d365/row.ts';
import { splitSource } from './contract/feed/event.ts';
import { readFeedRequest } from './contract/feed/request-body.ts';
import { REQUEST_BYTES_MAX } from './contract/feed/limits.ts';
import { invalid, type Read } from './contract/query.ts';
import type { Answer, ApiHandler, ApiRequest } from './http.ts';
import type { Problem } from './problem.ts';

/** `POST /api/changes`: receipts for every change; 202 only once the queue has the good ones. */
export const postChanges: ApiHandler = async (request, app) => {
  const dryRun = readDryRun(request);
  if ('problem' in dryRun) return dryRun;
  const problem = framingProblem(request);
  if (problem !== null) return { problem };
  const read = readFeedRequest(request.header('content-type'), await request.body());
  if ('problem' in read) return read;
  return answerOf(await app.ingest(read.changes, dryRun.value), dryRun.value);
};

/** `POST /api/changes/d365/{table}`: the same for the rows of a table (SPEC §2.3). */
export const postD365Rows: ApiHandler = async (request, app) => {
  const dryRun = readDryRun(request);
  if ('problem' in dryRun) return dryRun;
  const origin = readOrigin(request);
  if ('problem' in origin) return origin;
  const problem = framingProblem(request);
  if (problem !== null) return { problem };
  const type = request.header('content-type');
  const read = readRows(type, await request.body(), origin.value);
  if ('problem' in read) return read;
  return answerOf(await app.ingestRows(read.rows, dryRun.value), dryRun.value);
};

function answerOf(ingested: AnswerOf<typeof receipts>, dryRun: boolean): Answer {
  if (!dryRun) return { status: 202, body: ingested };
  const body: AnswerOf<typeof dryRunReceipts> = { dryRun: true, ...ingested };
  return { status: 200, body };
}

function readDryRun({ query }: ApiRequest): Read<boolean> {
  const text = query.get('dryRun');
  if (text === null || text === 'true' || text === 'false') return { value: text === 'true' };
  return invalid('dryRun', 'dryRun is true or false.', ['true', 'false']);
}

/** What can be told of a body before it is read. */
function framingProblem(request: ApiRequest): Problem | null {
  const encoding = request.header('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    const detail = 'Send the body without a content encoding.';
    return { kind: 'unsupported-content-type', detail };
  }
  const announced = Number(request.header('content-length') ?? 0);
  if (announced <= REQUEST_BYTES_MAX) return null;
  const detail = `A request has at most ${REQUEST_BYTES_MAX} bytes.`;
  return { kind: 'request-too-large', detail };
}

function readOrigin({ params, query }: ApiRequest): Read<Origin> {
  const table = (params['table'] ?? '').toLowerCase();
  if (!TABLES.has(table)) {
    return { problem: { kind: 'table-not-found', tables: [...TABLES.keys()] } };
  }
  const source = splitSource(query.get('source') ?? '');
  if (source === null) {
    const detail = 'source names the feed and ends in its epoch, a decimal number.';
    return invalid('source', detail, ['/erp/d365/contoso/1']);
  }
  const folder = query.get('folder');
  if (folder !== null && folderTime(folder) === null) {
    const detail = 'folder is named as Synapse Link names it.';
    return invalid('folder', detail, ['2026-04-30T10.15.00Z']);
  }
  return { value: { ...source, table, folder } };
}
