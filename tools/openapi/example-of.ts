// Asks a running app, and keeps what it answers as an example.
import type { Example } from '../../functions/contract/openapi/document.ts';
import type { JsonValue } from '../../domain/json.ts';

/** What a path answers: to a body, to none that is posted, or to a read. */
export async function exampleOf(url: string, path: string, body?: JsonValue): Promise<Example> {
  // Of use to commands alone; others do not look at it.
  const headers = { 'content-type': 'application/json', 'idempotency-key': path };
  const json = body === undefined || body === null ? {} : { headers, body: JSON.stringify(body) };
  const init = body === undefined ? {} : { method: 'POST', ...json };
  const answer = await answered(await fetch(`${url}/api/${path}`, init));
  return body === undefined || body === null ? { answer } : { request: body, answer };
}

/** The JSON of an answer; throws where it is none that was hoped for. */
export async function answered(response: Response): Promise<JsonValue> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

/** The first item of a page. */
export function firstOf({ answer }: Example): unknown {
  const { items }: Record<string, unknown> = Object(answer);
  return Array.isArray(items) ? items[0] : undefined;
}

/** A text field of an answer; throws without it. */
export function textOf(item: unknown, field: string): string {
  const fields: Record<string, unknown> = Object(item);
  const text = fields[field];
  if (typeof text !== 'string') throw new Error(`the examples lack ${field}`);
  return text;
}
