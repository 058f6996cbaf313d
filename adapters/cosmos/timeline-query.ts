// The one query of the timeline (DESIGN 9): a slice of an index that is in its order.
import type { JSONValue } from '@azure/cosmos';
import type { OpenContainer } from './client.ts';
import type { TimelineQuestion } from '../../application/ports.ts';
import type { TimelineDocument } from '../../domain/timeline.ts';
import { decodeStored } from './documents.ts';
import { runQuery } from './query.ts';

const KINDS = ['transaction', 'collectionLetter', 'activity'] as const;

const ORDER = 'ORDER BY c.pk ASC, c.timelineOn DESC, c.timeline ASC, c.record ASC, c.source ASC';

/** What follows a place on the same stored day. */
const LATER_THAT_DAY =
  '(c.timeline > @type OR (c.timeline = @type AND ' +
  '(c.record > @record OR (c.record = @record AND c.source > @source))))';

/** Documents on the timeline, in its order. Throws Unavailable. */
export async function timelineDocuments(
  container: OpenContainer,
  pk: string,
  { types, from, to, after, limit }: TimelineQuestion,
): Promise<TimelineDocument[]> {
  const conditions = ['c.pk = @pk', 'ARRAY_CONTAINS(@types, c.timeline)', 'c.timelineOn >= @from'];
  const parameters: Record<string, JSONValue> = { pk, types: [...types], from };
  const latest = after?.on ?? to;
  if (latest !== null) {
    conditions.push('c.timelineOn <= @latest');
    parameters['latest'] = latest;
  }
  if (after !== null) {
    const { type, record, source } = after;
    conditions.push(`(c.timelineOn < @latest OR ${LATER_THAT_DAY})`);
    Object.assign(parameters, { type, record, source });
  }
  const text = `SELECT * FROM c WHERE ${conditions.join(' AND ')} ${ORDER}`;
  const found = await runQuery(container, pk, { text, parameters }, limit);
  return found.map((one) => decodeStored<TimelineDocument>(one, KINDS).document);
}
