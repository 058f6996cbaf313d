// The watermarks of all companies, a page at a time (SPEC §2.2).
import { compareNames, type Watermark, type WatermarkName } from '../domain/watermark.ts';
import type { WatermarkDocument, WatermarkStore } from './watermark-store.ts';

/** Documents read at once: of at least so many companies. */
const DOCUMENTS_READ = 50;

export type ListedWatermark = Watermark & { readonly company: string };

/** The place of a watermark in the list: by company, source and entity. */
export type WatermarkPlace = WatermarkName & { readonly company: string };

export type WatermarksQuestion = {
  /** Only those of one source, company or entity; null for all. */
  readonly source: string | null;
  readonly company: string | null;
  readonly entity: string | null;
  readonly after: WatermarkPlace | null;
  readonly limit: number;
};

/** One page; whether there are more. Throws Unavailable. */
export async function listWatermarks(
  question: WatermarksQuestion,
  store: Pick<WatermarkStore, 'read' | 'from'>,
): Promise<{ readonly items: readonly ListedWatermark[]; readonly more: boolean }> {
  const { company, after, limit } = question;
  const found: ListedWatermark[] = [];
  const take = (documents: readonly WatermarkDocument[]) => {
    for (const document of documents) found.push(...selected(document, question));
  };
  if (company !== null) {
    const stored = await store.read(company);
    if (stored !== null) take([stored.document]);
    return { items: found.slice(0, limit), more: found.length > limit };
  }
  for (let from = after?.company ?? '', isFirst = true; ; isFirst = false) {
    const documents = await store.from(from, DOCUMENTS_READ);
    // All but the first reading begin with the company that the one before ended with.
    take(isFirst ? documents : documents.slice(1));
    const last = documents.at(-1);
    if (found.length > limit || last === undefined || documents.length < DOCUMENTS_READ) break;
    from = last.company;
  }
  return { items: found.slice(0, limit), more: found.length > limit };
}

function selected(
  { company, watermarks }: WatermarkDocument,
  { source, entity, after }: WatermarksQuestion,
): ListedWatermark[] {
  return watermarks
    .filter((one) => source === null || one.source === source)
    .filter((one) => entity === null || one.entity === entity)
    .filter((one) => after?.company !== company || compareNames(one, after) > 0)
    .map((one) => ({ company, ...one }));
}
