// Asks a running Arrears about the company of the overview's tests, as one of its people.
import { z } from 'zod';
import { fetchAsTold } from './api-contract.ts';
import { COMPANY, MANAGER } from './overview-company.ts';

const PATH = `/api/companies/${COMPANY}`;

export type Asked = Readonly<Record<string, string>>;

export const page = z.looseObject({
  items: z.array(z.looseObject({ customer: z.string() })),
  cursor: z.string().nullable(),
});

export type Item = z.infer<typeof page>['items'][number];

/** Asks at `baseUrl`; a path without a slash before it is one of the company. */
export function overviewApi(baseUrl: string) {
  const ask = (path: string, query: Asked, token = MANAGER, headers: Asked = {}) => {
    const url = new URL(path.startsWith('/') ? path : `${PATH}/${path}`, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return fetchAsTold(url, { headers: { authorization: `Bearer ${token}`, ...headers } });
  };
  /** The body of a 200. */
  const read = async (path: string, query: Asked = {}, token = MANAGER): Promise<unknown> => {
    const response = await ask(path, query, token);
    const body: unknown = await response.json();
    if (response.status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
    return body;
  };
  /** Items of all pages, one page after another. */
  const items = async (path: string, query: Asked, token = MANAGER): Promise<Item[]> => {
    const found: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const asked: Asked = cursor === '' ? query : { ...query, cursor };
      const answer = page.parse(await read(path, asked, token));
      found.push(...answer.items);
      ({ cursor } = answer);
    }
    return found;
  };
  const customers = async (path: string, query: Asked, token = MANAGER): Promise<string[]> =>
    (await items(path, query, token)).map(({ customer }) => customer);
  return { ask, read, items, customers };
}
