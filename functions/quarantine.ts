// Changes in quarantine over HTTP (SPEC §8): listed, looked at, and replayed.
import type { QuarantinePosition } from '../application/ports.ts';
import { conditionalOnContent } from './conditional-read.ts';
import { quarantineItemAnswer, quarantineListAnswer } from './contract/answers/quarantine.ts';
import { encodePosition, readPosition } from './contract/cursor.ts';
import { readLimit } from './contract/query.ts';
import type { Answer, ApiHandler, ApiRequest } from './http.ts';

const NOT_FOUND: Answer = { problem: { kind: 'quarantine-item-not-found' } };

/** `GET /api/ops/quarantine`: newest first, of one company or customer if so asked. */
export const getQuarantine: ApiHandler = async (request, app) => {
  const { query } = request;
  const [company, customer] = [query.get('company'), query.get('customer')];
  const list = JSON.stringify(['quarantine', company, customer]);
  const limit = readLimit(query);
  if ('problem' in limit) return limit;
  const position = readPosition(query, list, ['', '']);
  if ('problem' in position) return position;
  const after = positionOf(position.value ?? []);
  // One more than asked for tells whether there is a next page.
  const question = { company, customer, after, limit: limit.value + 1 };
  const found = await app.quarantine.list(question);
  const items = found.slice(0, limit.value);
  const last = found.length > items.length ? items.at(-1) : undefined;
  const cursor = last === undefined ? null : encodePosition([last.failedAt, last.id], list);
  const body = quarantineListAnswer(items, cursor);
  return conditionalOnContent(request, app, { status: 200, body });
};

/** Ids are hashes; nothing else is worth asking the store for. */
const ID = /^[0-9a-f]{64}$/;

/** `GET /api/ops/quarantine/{id}`: the item with the whole change. */
export const getQuarantineItem: ApiHandler = async (request, app) => {
  const id = idOf(request.params);
  const stored = id === null ? null : await app.quarantine.find(id);
  if (stored === null) return NOT_FOUND;
  const body = quarantineItemAnswer(stored.document);
  return conditionalOnContent(request, app, { status: 200, body });
};

/** `POST /api/ops/quarantine/{id}/replay`: 202 once the queue has the change again. */
export const replayQuarantineItem: ApiHandler = async ({ params }, app) => {
  const id = idOf(params);
  const item = id === null ? null : await app.replayQuarantined(id);
  return item === null ? NOT_FOUND : { status: 202, body: quarantineItemAnswer(item) };
};

function idOf({ id = '' }: ApiRequest['params']): string | null {
  return ID.test(id) ? id : null;
}

function positionOf([failedAt, id]: readonly unknown[]): QuarantinePosition | null {
  return typeof failedAt === 'string' && typeof id === 'string' ? { failedAt, id } : null;
}
