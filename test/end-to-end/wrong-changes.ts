// Changes that a feed must refuse, each wrong in one place: what is sent there, and the JSON
// pointer the receipt has to name. A table, so that a field is added in one line.
import { type CloudEvent, cloudEvent } from './cloud-event.ts';
import { type Entity, FIELDS, GOOD_ROWS, WRONG } from './feed-rows.ts';

const SOURCE = '/erp/bad-input/1';
const TIME = '2026-04-30T10:00:00Z';

/** One wrong change. `pointer` names the field, or one that contains the wrong one. */
export type WrongChange = {
  readonly name: string;
  readonly event: object;
  readonly pointer: string;
  /** The code of the receipt where the contract names one. */
  readonly code?: string;
};

/** What is wrong around a row: pointers and the values tried there. */
const ENVELOPE: readonly (readonly [pointer: string, values: readonly unknown[], code?: string])[] =
  [
    ['/specversion', ['0.3', 1, undefined]],
    ['/id', ['', 5, undefined]],
    ['/source', ['/erp/x', '/erp/x/', '/erp/x/one', '/erp/x/-1', '/erp/x/1.5'], 'source-epoch'],
    ['/source', [5, undefined]],
    [
      '/type',
      ['erp.unicorn.changed.v1', 'erp.transaction.changed.v2', 'transaction', '', undefined],
    ],
    ['/time', [...WRONG.instant, undefined]],
    ['/data', [5, 'x', [], undefined]],
    ['/data/op', ['insert', '', 1, undefined]],
    ['/data/company', WRONG.required],
    ['/data/customer', WRONG.required],
    ['/data/record', WRONG.required],
    ['/data/version', ['-1', '1.5', 'abc', '', '1'.repeat(39), 7, undefined]],
    ['/data/row', [undefined, 5, 'x', []]],
    ['/data/company', ['x'.repeat(10_000)]],
    ['/data/customer', ['x'.repeat(10_000)]],
    ['/data/record', ['x'.repeat(10_000)]],
    ['/data/customer', ['\uD800']],
    ['/data/record', ['\uDC00x']],
    ['/data/row/voucher', ['x'.repeat(10_000), 'broken \uD83D']],
    ['/data/row/amount', ['1.001', '0.0001'], 'amount-precision'],
  ];

const bucket = (from: number | null, to: number | null) => ({ label: `${from}-${to}`, from, to });

const BUCKETS: Readonly<Record<string, readonly unknown[]>> = {
  'a gap': [bucket(null, 0), bucket(2, null)],
  'an overlap': [bucket(null, 1), bucket(1, null)],
  'no open beginning': [bucket(0, 10), bucket(11, null)],
  'no open end': [bucket(null, 0), bucket(1, 30)],
  'thirteen buckets': [
    bucket(null, 0),
    ...Array.from({ length: 11 }, (_, at) => bucket(at + 1, at + 1)),
    bucket(12, null),
  ],
  'half a day': [bucket(null, 0.5), bucket(1, null)],
  'no bucket': [],
};

/** Every wrong change. */
export function wrongChanges(): readonly WrongChange[] {
  return [
    ...envelopeChanges(),
    ...fieldChanges(),
    ...Object.entries(BUCKETS).map(([name, buckets]) =>
      wrongAt('agingDefinition', '/data/row/buckets', buckets, `an aging definition with ${name}`),
    ),
    ...ruleChanges(),
  ];
}

function envelopeChanges(): readonly WrongChange[] {
  return ENVELOPE.flatMap(([pointer, values, code]) =>
    values.map((value) => ({
      ...wrongAt('transaction', pointer, value),
      ...(code === undefined ? {} : { code }),
    })),
  );
}

function fieldChanges(): readonly WrongChange[] {
  return FIELDS.flatMap(([entity, fields]) =>
    Object.entries(fields).flatMap(([field, kind]) =>
      WRONG[kind].map((value) => wrongAt(entity, `/data/row/${field}`, value)),
    ),
  );
}

function ruleChanges(): readonly WrongChange[] {
  const { transaction } = GOOD_ROWS;
  const terms = [
    { dueDate: '2026-05-01', amount: '60.00' },
    { dueDate: '2026-06-01', amount: '59.99' },
  ];
  const change = goodChange('transaction', 'wrong');
  return [
    {
      ...wrongRow('terms of another sum', { ...transaction, installments: terms }, 'installments'),
      code: 'installments-sum',
    },
    tooPrecise('a decimal yen', { ...transaction, currency: 'JPY', amount: '1.5' }, 'amount'),
    tooPrecise('a fourth decimal', { ...transaction, currency: 'BHD', amount: '1.0001' }, 'amount'),
    tooPrecise('a tenth of a cent settled', { ...transaction, settled: '1.001' }, 'settled'),
    // Inherited members are not fields: everything a transaction needs is missing.
    wrongRow('a row behind __proto__', { ['__proto__']: transaction }, ''),
    {
      name: 'a delete with a row',
      event: { ...change, data: { ...change.data, op: 'delete' } },
      pointer: '/data',
    },
  ];
}

function wrongRow(name: string, row: object, field: string): WrongChange {
  const pointer = field === '' ? '/data/row' : `/data/row/${field}`;
  return { ...wrongAt('transaction', '/data/row', row, name), pointer };
}

function tooPrecise(name: string, row: object, field: string): WrongChange {
  return { ...wrongRow(name, row, field), code: 'amount-precision' };
}

export const BAD_INPUT_COMPANY = 'bad';
export const BAD_INPUT_CUSTOMER = 'C-1';

/** Entities that belong to no customer. */
const OF_COMPANY: readonly Entity[] = ['company', 'agingDefinition', 'pool', 'agent'];

/** A change that is accepted as it stands. */
export function goodChange(entity: Entity, record: string): CloudEvent {
  const ofCompany = OF_COMPANY.includes(entity);
  const customer = ofCompany ? undefined : BAD_INPUT_CUSTOMER;
  const known = { source: SOURCE, company: BAD_INPUT_COMPANY, version: '7', time: TIME };
  return cloudEvent({ ...known, entity, customer, record, row: GOOD_ROWS[entity] });
}

function wrongAt(entity: Entity, pointer: string, value: unknown, name?: string): WrongChange {
  const shown = JSON.stringify(value)?.slice(0, 40) ?? 'missing';
  return {
    name: name ?? `${entity} with ${pointer} ${shown}`,
    event: replaced(goodChange(entity, 'wrong'), pointer.split('/').slice(1), value),
    pointer,
  };
}

function replaced(at: object, path: readonly string[], value: unknown): object {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...at, [name]: value };
  const inner: unknown = new Map<string, unknown>(Object.entries(at)).get(name);
  const fields = typeof inner === 'object' && inner !== null ? inner : {};
  return { ...at, [name]: replaced(fields, rest, value) };
}
