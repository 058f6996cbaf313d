// Snapshots over HTTP (SPEC §2.1): which were told of, and what became of them.
import { snapshotListAnswer } from './contract/answers/snapshots.ts';
import { encodePosition, readPosition } from './contract/cursor.ts';
import { COMPANY_LENGTH_MAX } from './contract/feed/limits.ts';
import { invalid, readLimit } from './contract/query.ts';
import type { ApiHandler } from './http.ts';

/** Each costs a query of its own. */
export const SNAPSHOTS_MAX = 100;

/** `GET /api/changes/snapshots?company=`: by entity, source and id. */
export const getSnapshots: ApiHandler = async ({ query }, app) => {
  const company = query.get('company') ?? '';
  if (company === '' || company.length > COMPANY_LENGTH_MAX) {
    return invalid('company', 'company names the legal entity.', ['usmf']);
  }
  const list = JSON.stringify(['snapshots', company]);
  const limit = readLimit(query, SNAPSHOTS_MAX);
  if ('problem' in limit) return limit;
  const position = readPosition(query, list, ['']);
  if ('problem' in position) return position;
  const after = position.value?.[0];
  // One more than asked for tells whether there is a next page.
  const found = await app.listSnapshots(
    company,
    typeof after === 'string' ? after : null,
    limit.value + 1,
  );
  const items = found.slice(0, limit.value);
  const last = found.length > items.length ? items.at(-1) : undefined;
  const cursor = last === undefined ? null : encodePosition([last.id], list);
  return { status: 200, body: snapshotListAnswer(items, cursor) };
};
