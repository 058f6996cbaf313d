// The conformance cases of aged balances: changes in, balances out. The fixture is data; this file
// only says what shape it has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const change = z.strictObject({
  entity: z.string(),
  record: z.string(),
  version: z.string().optional(),
  op: z.literal('delete').optional(),
  row: z.record(z.string(), z.json()).optional(),
});

const expected = z.strictObject({
  /** In the order of the definition. */
  buckets: z.array(z.string()),
  unapplied: z.string(),
  balance: z.string(),
});

const query = z.strictObject({
  asOf: z.string().optional(),
  aging: z.string(),
  credits: z.string().optional(),
  currency: z.string().optional(),
  expect: expected,
});

const conformanceCase = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** The business clock, RFC 3339. */
  now: z.string(),
  timeZone: z.string(),
  accountingCurrency: z.string(),
  changes: z.array(change),
  queries: z.array(query),
  permute: z.boolean().optional(),
  companyLast: z.boolean().optional(),
});

export type ConformanceChange = Readonly<z.infer<typeof change>>;
export type ConformanceQuery = Readonly<z.infer<typeof query>>;
export type ConformanceCase = Readonly<z.infer<typeof conformanceCase>>;

const FIXTURE = join(import.meta.dirname, 'fixtures', 'aging-cases.json');

/** The cases of the fixture; throws when it has fields that nobody looks at. */
export function conformanceCases(): readonly ConformanceCase[] {
  const file = z.object({ cases: z.array(conformanceCase) });
  return file.parse(JSON.parse(readFileSync(FIXTURE, 'utf8'))).cases;
}
