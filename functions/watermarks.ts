// How far the change feed has come, over HTTP (SPEC §2.2): for monitoring.
import type { WatermarkPlace } from '../application/list-watermarks.ts';
import { ENTITIES } from '../domain/change.ts';
import { conditionalOnContent } from './conditional-read.ts';
import { watermarksAnswer } from './contract/answers/watermarks.ts';
import { cursorOf, type Position, readPosition, UNKNOWN_CURSOR } from './contract/cursor.ts';
import { COMPANY_LENGTH_MAX, SOURCE_LENGTH_MAX } from './contract/feed/limits.ts';
import { invalid, type Read, readLimit } from './contract/query.ts';
import type { ApiHandler } from './http.ts';

/** `GET /api/changes/watermarks`: by company, source and entity; of some of them if so asked. */
export const getWatermarks: ApiHandler = async (request, app) => {
  const { query } = request;
  const source = readName(query, 'source', SOURCE_LENGTH_MAX);
  if ('problem' in source) return source;
  const company = readName(query, 'company', COMPANY_LENGTH_MAX);
  if ('problem' in company) return company;
  const entity = query.get('entity');
  if (entity !== null && !ENTITIES.some((one) => one === entity)) {
    return invalid('entity', 'entity is one of those the feed takes.', ENTITIES);
  }
  const limit = readLimit(query);
  if ('problem' in limit) return limit;
  const filter = { source: source.value, company: company.value, entity };
  const list = JSON.stringify(['watermarks', filter]);
  const position = readPosition(query, list, ['', '', '']);
  if ('problem' in position) return position;
  const after = position.value === null ? null : placeOf(position.value);
  if (position.value !== null && after === null) return UNKNOWN_CURSOR;
  const { items, more } = await app.watermarks({ ...filter, after, limit: limit.value });
  const last = more ? items.at(-1) : undefined;
  const next = last === undefined ? null : [last.company, last.source, last.entity];
  const body = watermarksAnswer(items, cursorOf(next, list));
  return conditionalOnContent(request, app, { status: 200, body });
};

function placeOf([company, source, name]: Position): WatermarkPlace | null {
  const entity = ENTITIES.find((one) => one === name);
  return entity === undefined ? null : { company: String(company), source: String(source), entity };
}

/** A name to look for; null for all. */
function readName(
  query: URLSearchParams,
  parameter: string,
  lengthMax: number,
): Read<string | null> {
  const text = query.get(parameter);
  if (text === null || (text.length >= 1 && text.length <= lengthMax)) return { value: text };
  const allowed = [`1 to ${lengthMax} characters`];
  return invalid(parameter, `${parameter} is the whole name of one.`, allowed);
}
