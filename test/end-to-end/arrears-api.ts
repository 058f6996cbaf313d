// Speaks to a running Arrears over its public HTTP API, and knows nothing else of it. An answer that
// is not as the OpenAPI document tells fails the test.
import { z } from 'zod';
import { fetchAsTold } from './api-contract.ts';
import type { CloudEvent } from './cloud-event.ts';

/** An answer as it came; a body that is not JSON is kept as text. */
export type Answer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
};

export type ArrearsApi = {
  readonly get: (path: string, query?: Query) => Promise<Answer>;
  /** Posts any bytes to the change feed. */
  readonly postBody: (body: string | Uint8Array, contentType: string | null) => Promise<Answer>;
  /** Posts JSON anywhere, or nothing. */
  readonly postTo: (path: string, body?: unknown) => Promise<Answer>;
  /** Posts changes as one batch. */
  readonly post: (changes: readonly object[]) => Promise<Answer>;
};

export type Query = Readonly<Record<string, string | undefined>>;

export function arrearsApi(baseUrl: string | URL): ArrearsApi {
  const postBody: ArrearsApi['postBody'] = async (body, contentType) => {
    const headers = new Headers(contentType === null ? {} : { 'content-type': contentType });
    // A body of bytes keeps fetch from adding a content type of its own.
    const bytes = Buffer.from(body);
    return answerOf(
      await fetchAsTold(new URL('/api/changes', baseUrl), { method: 'POST', headers, body: bytes }),
    );
  };
  return {
    get: async (path, query = {}) => {
      const url = new URL(path, baseUrl);
      for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) url.searchParams.set(name, value);
      }
      return answerOf(await fetchAsTold(url));
    },
    postBody,
    postTo: async (path, body) => {
      const json = body === undefined ? {} : { body: JSON.stringify(body) };
      return answerOf(await fetchAsTold(new URL(path, baseUrl), { method: 'POST', ...json }));
    },
    post: (changes) => postBody(JSON.stringify(changes), 'application/cloudevents-batch+json'),
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const { status, headers } = response;
  return { status, contentType: headers.get('content-type') ?? '', body: jsonOr(text) };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const posted = z.object({
  accepted: z.int(),
  duplicateInRequest: z.int(),
  rejected: z.int(),
  receipts: z.array(
    z.object({
      index: z.int(),
      id: z.string().nullish(),
      status: z.string(),
      code: z.string().optional(),
      pointer: z.string().optional(),
      detail: z.string().optional(),
    }),
  ),
});

export type Posted = z.infer<typeof posted>;

/** The receipts of a 202; throws with the answer when it is another. */
export function postedOf(answer: Answer): Posted {
  if (answer.status !== 202) throw new Error(`not accepted: ${JSON.stringify(answer)}`);
  return posted.parse(answer.body);
}

/** Posts changes that are all good; throws with the receipts when one is refused. */
export async function postGood(api: ArrearsApi, changes: readonly CloudEvent[]): Promise<void> {
  const { rejected, receipts } = postedOf(await api.post(changes));
  if (rejected === 0) return;
  const refused = receipts.filter(({ status }) => status === 'rejected');
  throw new Error(`refused: ${JSON.stringify(refused.slice(0, 3))}`);
}

/** Items in groups of at most `size`, in order. */
export function groupsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  );
}

const money = z.string().regex(/^-?\d+(\.\d+)?$/);

const block = z.object({
  currency: z.string(),
  buckets: z.array(z.object({ label: z.string(), amount: money, count: z.int() })),
  unapplied: money,
  balance: money,
  overdue: money,
});

const aging = z.object({
  asOf: z.string(),
  definition: z.string(),
  credits: z.string(),
  accounting: block,
  currencies: z.array(block),
});

export type AgingBlock = z.infer<typeof block>;
export type Aging = z.infer<typeof aging>;

/** Aged balances of a customer; throws with the answer when it is not a 200. */
export async function agingOf(
  api: ArrearsApi,
  company: string,
  customer: string,
  query: Query,
): Promise<Aging> {
  const answer = await api.get(`${customerPath(company, customer)}/aging`, query);
  if (answer.status !== 200) throw new Error(`no aging: ${JSON.stringify(answer)}`);
  return aging.parse(answer.body);
}

export function customerPath(company: string, customer: string): string {
  return `/api/companies/${encodeURIComponent(company)}/customers/${encodeURIComponent(customer)}`;
}

/** An amount in minor units, of a currency with two decimals. */
export function minorUnits(amount: string): number {
  if (!/^-?\d+\.\d\d$/.test(amount)) throw new Error(`${amount} has not two decimals`);
  return Number(amount.replace('.', ''));
}
