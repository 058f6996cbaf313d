// Rows of every entity, valid as the feed's contract has it and dense enough to collide: few
// transactions to name (one of them never comes), few days, few amounts.
import type { Entity } from '../../domain/change.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Random } from './random.ts';

/** The world a schedule's rows are about. */
export type Setting = {
  /** Today, in days since 1970. */
  readonly today: number;
  readonly timeZone: string;
  readonly accountingCurrency: string;
  readonly currencies: readonly string[];
  /** Records of the transactions that rows name. */
  readonly transactions: readonly string[];
};

/** What a schedule's rows are about: the less there is of anything, the more collides. */
export function randomSetting(random: Random, today: number, timeZone: string): Setting {
  return {
    today,
    timeZone,
    accountingCurrency: random.pick(['USD', 'USD', 'JPY', 'BHD']),
    currencies: random.chance(0.6) ? [random.pick(CURRENCIES)] : CURRENCIES,
    transactions: random.chance(0.5) ? TRANSACTIONS.slice(0, random.integer(1, 3)) : TRANSACTIONS,
  };
}

const DAY = 86_400_000;
const TRANSACTIONS = ['t1', 't2', 't3', 't-unknown'];
const POOLS = ['north', 'south'];
const WORKERS = ['001', '002'];
const CURRENCIES = ['USD', 'USD', 'EUR', 'JPY'];
/** Around today, the ends of buckets, and years apart, so that the histogram is split. */
const OFFSETS = [-400, -181, -95, -61, -60, -31, -30, -3, -1, 0, 0, 1, 2, 40, 300];
/** Of statuses: few, so that some are said at one moment. */
const STATUS_OFFSETS = [-30, -1];
/** In minor units, so that sums come to nothing now and then. */
const MINOR = [0, 1, 500, 500, 1_000, 1_000, 1_500, 33_333];

function dateText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function decimal(minor: number, decimals: number): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = minor < 0 ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** A row without the fields that are left out. */
function rowOf(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const row: Record<string, JsonValue> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) row[field] = value;
  }
  return row;
}

/** Makes rows for one schedule. */
export class RandomRows {
  readonly #random: Random;
  readonly #setting: Setting;

  constructor(random: Random, setting: Setting) {
    this.#random = random;
    this.#setting = setting;
  }

  /** The row of a record's main facet. */
  main(entity: Entity): JsonObject {
    switch (entity) {
      case 'company':
        return this.#company();
      case 'agingDefinition':
        return this.#agingDefinition();
      case 'customer':
        return this.#customer();
      case 'transaction':
        return this.#transaction();
      case 'settlement':
        return this.#settlement();
      case 'installment':
        return this.#installment();
      case 'collectionsStatus':
        return this.#status();
      case 'contact':
        return this.#contact();
      case 'collectionLetter':
        return this.#letter();
      case 'activity':
        return this.#activity();
      case 'activityClosure':
        return this.#closure();
      case 'poolMember':
        return { pool: this.#random.pick(POOLS) };
      case 'pool':
        return { id: this.#random.pick(POOLS), description: this.#random.pick(['A', 'B']) };
      case 'agent':
        return { worker: this.#random.pick(WORKERS), name: 'Ann', user: 'ann', pools: POOLS };
    }
  }

  /** The row of another facet: some fields, none of them money. */
  facet(entity: Entity): JsonObject {
    const { note, dueDate } = { note: this.#random.pick(['a', 'b']), dueDate: this.#date() };
    return entity === 'transaction' ? rowOf({ note, dueDate: this.#often(dueDate) }) : { note };
  }

  #reference(): string {
    return this.#random.pick(this.#setting.transactions);
  }

  #company(): JsonObject {
    const { timeZone, accountingCurrency } = this.#setting;
    const random = this.#random;
    return rowOf({
      name: random.pick(['Contoso', 'Fabrikam']),
      accountingCurrency,
      timeZone,
      agingDefinition: random.maybe(0.5, () => 'weekly'),
    });
  }

  #agingDefinition(): JsonObject {
    const agedBy = this.#random.pick(['dueDate', 'transactionDate', 'documentDate']);
    const end = this.#random.pick([7, 14]);
    const buckets = [
      { label: 'not due', to: 0 },
      { label: 'late', from: 1, to: end },
      { label: 'very late', from: end + 1 },
    ];
    return { id: 'weekly', name: 'Weekly', agedBy, buckets };
  }

  #customer(): JsonObject {
    const random = this.#random;
    const creditLimit = random.maybe(0.5, () => this.#amount('USD', false));
    return rowOf({ name: random.pick(['A', 'B', 'C']), creditLimit });
  }

  #transaction(): JsonObject {
    const random = this.#random;
    const currency = random.pick(this.#setting.currencies);
    const isCredit = random.chance(0.25);
    const amount = this.#amount(currency, isCredit);
    const isTold = random.chance(0.2);
    return rowOf({
      type: isCredit ? 'payment' : 'invoice',
      voucher: 'V',
      transactionDate: this.#date(),
      documentDate: random.maybe(0.3, () => this.#date()),
      dueDate: this.#often(this.#date()),
      currency,
      amount,
      amountAccounting: random.maybe(0.6, () => this.#accounting(isCredit)),
      settled: isTold ? this.#amount(currency, isCredit) : undefined,
      settledAccounting: isTold ? random.maybe(0.5, () => this.#accounting(isCredit)) : undefined,
      closedDate: random.maybe(0.2, () => this.#date()),
      installments: random.maybe(0.15, () => this.#terms(amount)),
    });
  }

  /** Two installments that add up; a half each where that is even. */
  #terms(amount: string): JsonValue {
    const [first, second] = [this.#date(), this.#date()];
    const zero = amount.replaceAll(/[1-9]/g, '0').replace('-', '');
    return [
      { dueDate: first, amount },
      { dueDate: second, amount: zero },
    ];
  }

  #settlement(): JsonObject {
    const random = this.#random;
    const currency = random.pick(this.#setting.currencies);
    const offset = random.maybe(0.5, () => this.#reference());
    return rowOf({
      transaction: this.#reference(),
      offset,
      date: this.#date(),
      currency,
      amount: this.#amount(currency, random.chance(0.1)),
      amountAccounting: random.maybe(0.3, () => this.#accounting(false)),
      offsetAmount:
        offset === undefined ? undefined : random.maybe(0.2, () => this.#amount('JPY', false)),
      reversed: random.maybe(0.2, () => this.#date()),
    });
  }

  #installment(): JsonObject {
    const currency = this.#random.pick(this.#setting.currencies);
    const [dueDate, open] = [this.#date(), this.#amount(currency, false)];
    return { transaction: this.#reference(), dueDate, open, currency };
  }

  #status(): JsonObject {
    const random = this.#random;
    const currency = random.pick(this.#setting.currencies);
    const hour = random.pick(['03:30', '12:00', '23:30']);
    return rowOf({
      transaction: this.#reference(),
      status: random.pick(['none', 'disputed', 'promiseToPay', 'promiseBroken', 'resolved']),
      changedAt: `${this.#date(STATUS_OFFSETS)}T${hour}:00.000Z`,
      followUpDate: random.maybe(0.7, () => this.#date()),
      amount: random.maybe(0.5, () => this.#amount(currency, false)),
      currency,
    });
  }

  #contact(): JsonObject {
    const random = this.#random;
    const role = random.maybe(0.7, () => random.pick(['collections', 'primary']));
    return rowOf({ role, order: random.maybe(0.5, () => random.integer(1, 2)), name: 'Jo' });
  }

  #letter(): JsonObject {
    const random = this.#random;
    const currency = random.pick(this.#setting.currencies);
    return rowOf({
      number: 'CL-1',
      code: 'Letter 1',
      status: random.pick(['created', 'posted', 'canceled']),
      postedDate: this.#often(this.#date()),
      currency,
      amount: this.#amount(currency, false),
    });
  }

  #activity(): JsonObject {
    const random = this.#random;
    return rowOf({
      number: 'A-1',
      category: random.pick(['task', 'action']),
      purpose: random.pick(['Call', 'Write']),
      endAt: this.#often(`${this.#date()}T10:00:00.000Z`),
      responsible: random.maybe(0.8, () => random.pick(WORKERS)),
      closed: random.chance(0.3),
    });
  }

  /** As the workspace tells it; of any source here, so that histories hold closures too. */
  #closure(): JsonObject {
    const activity = { source: '/erp/a', record: this.#random.pick(['1', '2']) };
    return { activity, closedAt: `${this.#date()}T11:00:00.000Z` };
  }

  #date(offsets = OFFSETS): string {
    return dateText(this.#setting.today + this.#random.pick(offsets));
  }

  #often<T>(value: T): T | undefined {
    return this.#random.maybe(0.8, () => value);
  }

  #amount(currency: string, isCredit: boolean): string {
    const minor = this.#random.pick(MINOR) * (isCredit ? -1 : 1);
    return decimal(minor === 0 ? 0 : minor, currency === 'JPY' ? 0 : 2);
  }

  #accounting(isCredit: boolean): string {
    return decimal(this.#random.pick(MINOR) * (isCredit ? -1 : 1) || 0, 2);
  }
}
