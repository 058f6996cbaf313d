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
 * a hash of what it says, or of `told` where not all of it counts, so that a 304 saves sending it,
 * not making it. That of JSON is weak, since how fresh it is is not in it.
 */
export function conditionalOnContent(
  request: ApiRequest,
  app: Pick<App, 'hash'>,
  made: Answer,
  told?: unknown,
): Answer {
  if ('problem' in made || made.status === 304) return made;
  const content =
    'text' in made
      ? JSON.stringify([made.headers, made.text])
      : JSON.stringify(told ?? made.body, (_, value: unknown) => withoutFreshness(value));
  const tag = `"${app.hash(content).slice(0, CONTENT_HASH_LENGTH)}"`;
  const etag = 'text' in made ? tag : `W/${tag}`;
  const vary = made.headers?.['vary'];
  const headers = {
    etag,
    'cache-control': 'private, no-cache',
    ...(vary === undefined ? {} : { vary }),
  };
  if (matches(request.header('if-none-match'), etag)) return { status: 304, headers };
  return { ...made, headers: { ...made.headers, ...headers } };
}

/**
 * Without what an answer, or a part of it, tells of the changes behind it: one that alters nothing
 * shown leaves the tag as it is, and what the caller knows of freshness stays true.
 */
function withoutFreshness(value: unknown): unknown {
  const isAnswer = typeof value === 'object' && value !== null && 'businessDate' in value;
  return isAnswer ? { ...value, updatedAt: null, sources: null } : value;
}

/** Weak comparison (RFC 9110 §13.1.2): a list of tags, or `*`. */
function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header
    .split(',')
    .map((tag) => opaque(tag.trim()))
    .some((tag) => tag === '*' || tag === opaque(etag));
}

/** Without the mark of a weak tag. */
function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}
