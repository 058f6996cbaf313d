// The events of the feed in the OpenAPI document: one schema for each entity, made of the schemas
// that check them. What JSON Schema cannot say of a row is said in its description.
import * as z from 'zod';
import { type Entity, FACETS, KEYED_FACETS, MAIN_FACET } from '../../../domain/change.ts';
import '../answers/values-schema.ts';
import { data, envelope, isCompanyEntity, SOURCE_TEXT } from '../feed/event.ts';
import {
  accountingCurrency,
  amount,
  timeZone,
  unscaledAmount,
  VERSION_TEXT,
} from '../feed/fields.ts';
import { CUSTOMER_LENGTH_MAX } from '../feed/limits.ts';
import { FEED_ENTITIES, rowSchema } from '../feed/rows.ts';
import { snapshotData, snapshotType } from '../feed/snapshot-event.ts';

const DECIMAL = String.raw`^-?\d+(\.\d+)?$`;

amount.register(z.globalRegistry, {
  id: 'FeedAmount',
  pattern: DECIMAL,
  description:
    'An amount in the currency of the row, as a decimal string with no more decimals than the ' +
    'currency has, and at most 12 digits before the point.',
});
unscaledAmount.register(z.globalRegistry, {
  id: 'FeedAmountOfOtherCurrency',
  pattern: DECIMAL,
  description: 'An amount in a currency the row does not name, such as that of the company.',
});
accountingCurrency.register(z.globalRegistry, {
  id: 'AccountingCurrency',
  pattern: '^[A-Z]{3}$',
  description: 'An ISO 4217 code in capitals, of a currency with at most three decimals.',
});
timeZone.register(z.globalRegistry, {
  id: 'TimeZone',
  description: 'An IANA time zone: `Europe/Berlin`.',
});

/** What each row is, with the rules between its fields. */
const ROWS: Readonly<Record<Entity, string>> = {
  company: 'A legal entity.',
  agingDefinition:
    'Ordered buckets with inclusive ranges of ages in days. They cover every age exactly once, both ' +
    'ends unbounded (null).',
  pool: 'A named set of customers.',
  agent: 'A collections coordinator: a user (object id or principal name) linked to a worker.',
  customer: 'A customer account. `limitCurrency` is the currency of the credit limit.',
  transaction:
    'A posted line on the customer account. Amounts are positive where the customer owes them. ' +
    '`settled` has the sign of `amount`. `installments` add up to `amount`, each with its sign. ' +
    '`amountAccounting` may be left out where `currency` is that of the company.',
  installment: 'An open part of a transaction, as the ERP keeps it.',
  settlement:
    '`amount`, in the currency of `transaction`, settles both sides towards zero; without `offset` ' +
    'it settles `transaction` alone. A negative amount takes a settlement back. An offset in another ' +
    'currency needs `offsetAmount`.',
  collectionsStatus:
    'The collections status of a transaction; the newest `changedAt` counts. `promiseKept` and ' +
    '`promiseBroken` are read as `promiseToPay`: the verdict is derived. An `amount` needs its ' +
    '`currency`.',
  contact: 'A person to talk to; lowest `order` first.',
  collectionLetter: 'A reminder that was sent; amounts in its currency.',
  activity: 'A task, appointment, event or action, with the worker who is responsible for it.',
  poolMember: 'That the customer is in the pool.',
};

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function wholeRow(entity: Entity): z.ZodType {
  return rowSchema(entity, MAIN_FACET).register(z.globalRegistry, {
    id: `${capital(entity)}Row`,
    description: `${ROWS[entity]} Other fields are kept and ignored.`,
  });
}

/** What one source table tells of a row, where several do. */
function partOfRow(entity: Entity): z.ZodType {
  const name = `${capital(entity)}Row`;
  return rowSchema(entity, FACETS[entity][0] ?? 'party:').register(z.globalRegistry, {
    id: `${name}Part`,
    description:
      `The fields of a \`${name}\` that one facet tells. Amounts of the ledger and their currency ` +
      'are told by the main facet alone.',
  });
}

const upsert = z.literal('upsert').describe('The whole row, as it is now.');

/** What an entity's changes hold: a row, a part of one, or none where it was deleted. */
function dataOf(entity: Entity): z.ZodType {
  const owner = isCompanyEntity(entity)
    ? data.omit({ customer: true, row: true })
    : data.omit({ row: true }).extend({
        customer: z.string().min(1).max(CUSTOMER_LENGTH_MAX),
      });
  const shared = owner.extend({
    version: data.shape.version.meta({
      pattern: VERSION_TEXT.source,
      description: 'The version of the row: an unsigned integer, compared numerically.',
    }),
  });
  const facets = FACETS[entity];
  const keyed = Object.keys(KEYED_FACETS).filter((name) => KEYED_FACETS[name]?.of.includes(entity));
  const names = [...facets, ...keyed].map(facetNamed);
  const ofMain = shared.extend({
    op: upsert,
    facet: z.literal(MAIN_FACET).nullish(),
    row: wholeRow(entity),
  });
  const deleted = shared.extend({
    op: z.literal('delete').describe('The source has deleted the row; there is none.'),
    facet: z.union([z.literal(MAIN_FACET), ...names]).nullish(),
    row: z.null().optional(),
  });
  if (names.length === 0) return z.union([ofMain, deleted]);
  const row = keyed.includes('line') ? letterLine : partOfRow(entity);
  return z.union([ofMain, shared.extend({ op: upsert, facet: z.union(names), row }), deleted]);
}

/** A facet, with a key where several records of the source tell it: `party:5637144577`. */
function facetNamed(name: string): z.ZodType<string> {
  return Object.hasOwn(KEYED_FACETS, name)
    ? z.string().regex(new RegExp(`^${name}:`))
    : z.literal(name);
}

const letterLine = rowSchema('collectionLetter', 'line:').register(z.globalRegistry, {
  id: 'CollectionLetterLine',
  description: 'A line of a collection letter that a record of its own tells.',
});

const source = envelope.shape.source.meta({
  pattern: SOURCE_TEXT.source,
  description:
    'Who tells, ending in its epoch: a larger epoch (a restored database) beats any version of a ' +
    'smaller one. `/workspace` is the workspace’s own.',
  examples: ['/erp/d365/contoso/1'],
});

const highWater = (from: z.ZodType) =>
  from.meta({
    pattern: VERSION_TEXT.source,
    description: 'The greatest version the snapshot speaks of, within the epoch of the source.',
  });
const { started, completed } = snapshotData;
const entity = z.enum(FEED_ENTITIES);

const SNAPSHOT_EVENTS = [
  envelope
    .extend({
      source,
      type: z.literal(snapshotType('started')),
      data: started.extend({
        entity,
        rowCount: z.int().min(0).nullish(),
        highWaterVersion: highWater(started.shape.highWaterVersion),
      }),
    })
    .meta({ id: 'SnapshotStarted', description: 'A snapshot of one entity has begun.' }),
  envelope
    .extend({
      source,
      type: z.literal(snapshotType('completed')),
      data: completed.extend({
        entity,
        rowCount: z.int().min(0).describe('Distinct records that the snapshot carries.'),
        highWaterVersion: highWater(completed.shape.highWaterVersion),
      }),
    })
    .meta({
      id: 'SnapshotCompleted',
      description: 'A snapshot of one entity is complete: all its records were sent.',
    }),
] as const;

/** Any event of the feed. */
export const event = z
  .union([
    ...FEED_ENTITIES.map((of) =>
      envelope
        .extend({ source, type: z.literal(`erp.${of}.changed.v1`), data: dataOf(of) })
        .meta({ id: `${capital(of)}Changed`, description: `A change of: ${ROWS[of]}` }),
    ),
    ...SNAPSHOT_EVENTS,
  ])
  .meta({
    id: 'ChangeEvent',
    description: 'A change, or what is told of a snapshot, as a CloudEvent 1.0; `type` says which.',
  });
