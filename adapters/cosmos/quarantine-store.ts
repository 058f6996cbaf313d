// Changes in quarantine, in one partition of the container `feed` (DESIGN, Cosmos DB).
import type { JSONValue } from '@azure/cosmos';
import type { OpenContainer } from './client.ts';
import type { QuarantineQuestion, QuarantineStore } from '../../application/ports.ts';
import {
  QUARANTINE_KEY,
  type QuarantinedChange,
  type QuarantineSummary,
} from '../../application/quarantined-change.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { type Query, runQuery } from './query.ts';

const KIND = ['quarantinedChange'] as const;

/** Everything but the change itself, which may be large. */
const SUMMARY: readonly (keyof QuarantineSummary | '_etag')[] = [
  'id',
  'key',
  'kind',
  'company',
  'customer',
  'status',
  'reason',
  'source',
  'entity',
  'table',
  'record',
  'version',
  'position',
  'firstFailedAt',
  'failedAt',
  'attempts',
  'replayedAt',
  '_etag',
];

/** The store over its container. */
export function quarantineStore(container: OpenContainer): QuarantineStore {
  return {
    async find(id) {
      const { resource } = await asking(async () =>
        (await container()).item(id, QUARANTINE_KEY).read<object>(),
      );
      return resource === undefined ? null : decodeStored<QuarantinedChange>(resource, KIND);
    },
    commit: (write) => commit(container, QUARANTINE_KEY, [write]),
    async list(question) {
      const rows = await runQuery(container, QUARANTINE_KEY, page(question), question.limit);
      return rows.map((row) => decodeStored<QuarantineSummary>(row, KIND).document);
    },
  };
}

function page({ company, customer, after, limit }: QuarantineQuestion): Query {
  const conditions = ['c.key = @key'];
  const parameters: Record<string, JSONValue> = { key: QUARANTINE_KEY };
  if (company !== null) {
    conditions.push('c.company = @company');
    parameters['company'] = company;
  }
  if (customer !== null) {
    conditions.push('c.customer = @customer');
    parameters['customer'] = customer;
  }
  if (after !== null) {
    conditions.push('(c.failedAt < @at OR (c.failedAt = @at AND c.id < @id))');
    parameters['at'] = after.failedAt;
    parameters['id'] = after.id;
  }
  const columns = SUMMARY.map((name) => `c.${name}`).join(', ');
  const text =
    `SELECT TOP ${limit} ${columns} FROM c WHERE ${conditions.join(' AND ')} ` +
    'ORDER BY c.failedAt DESC, c.id DESC';
  return { text, parameters };
}
