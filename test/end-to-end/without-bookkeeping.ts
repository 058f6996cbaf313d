// What two answers must have in common when the same changes came another way (SPEC 2.1).

const BOOKKEEPING = new Set(['_etag', '_ts', 'revision']);

/** The same JSON without the fields that tell how often something was written. */
export function withoutBookkeeping(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBookkeeping);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => !BOOKKEEPING.has(name));
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutBookkeeping(field)]));
}
