// Conditional reads (SPEC §4): an answer is the same as long as the customer's revision, the
// business date, the reference data and the question are.
import type { CustomerView } from '../application/open-customer.ts';
import { formatDay } from '../domain/calendar.ts';
import type { App } from './composition.ts';
import type { Answer, ApiRequest } from './http.ts';

/** Characters of the question's hash that go into a tag. */
const QUESTION_HASH_LENGTH = 16;
/** And of the content's hash, where that is the tag. */
const CONTENT_HASH_LENGTH = 32;

/** The tag of an answer. */
export function entityTag(view: CustomerView, request: ApiRequest, app: App): string {
  const query = new URLSearchParams(request.query);
  query.sort();
  const question = `${new URL(request.url).pathname}?${query.toString()}`;
  const hash = app.hash(question).slice(0, QUESTION_HASH_LENGTH);
  const date = formatDay(view.businessDate);
  return `"${view.header.revision}-${view.company.revision}-${date}-${hash}"`;
}

/** The answer with its tag, or 304 when the caller has it already. */
export async function conditional(
  request: ApiRequest,
  view: CustomerView,
  app: App,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  const etag = entityTag(view, request, app);
  const headers = { etag, 'cache-control': 'private, no-cache' };
  if (matches(request.header('if-none-match'), etag)) return { status: 304, headers };
  const made = await answer();
  if ('problem' in made || made.status === 304) return made;
  return { ...made, headers: { ...made.headers, ...headers } };
}

/**
 * The same for an answer that no revision stands for, such as a list of many customers: the tag is
 * a hash of what it says, so that a 304 saves sending it, not making it; or of `told`, where not all
 * it says counts.
 */
export function conditionalOnContent(
  request: ApiRequest,
  app: App,
  made: Answer,
  told?: unknown,
): Answer {
  if ('problem' in made || made.status === 304) return made;
  const content = told ?? ('text' in made ? [made.headers, made.text] : made.body);
  const etag = `"${app.hash(JSON.stringify(content)).slice(0, CONTENT_HASH_LENGTH)}"`;
  const headers = { etag, 'cache-control': 'private, no-cache' };
  if (matches(request.header('if-none-match'), etag)) return { status: 304, headers };
  return { ...made, headers: { ...made.headers, ...headers } };
}

/** Weak comparison (RFC 9110 §13.1.2): a list of tags, or `*`. */
function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag);
}
