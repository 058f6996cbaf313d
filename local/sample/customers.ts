// The customers of a company: who they are, how much they buy, and how they pay.
import type { Day } from './business-days.ts';
import type { CompanyPlan } from './companies.ts';
import { companyNames, INDUSTRIES, type Industry, personName } from './names.ts';
import { COUNTRIES, type Place, PLACES, streetsOf, addressText } from './places.ts';
import { type PseudoRandom, pseudoRandom } from './pseudo-random.ts';

/**
 * How a customer pays. `gone` stopped paying months ago and buys no more; `dormant` stopped buying
 * and owes nothing; `prepaying` has no credit.
 */
export type Behavior =
  | 'prompt'
  | 'regular'
  | 'slow'
  | 'bad'
  | 'disputing'
  | 'gone'
  | 'dormant'
  | 'prepaying';

export type CreditLimitType = 'none' | 'balance' | 'balanceAndPackingSlips' | 'all';

export type CustomerPlan = {
  readonly account: string;
  readonly name: string;
  readonly industry: Industry;
  readonly place: Place;
  readonly address: string;
  readonly language: string;
  /** What it is invoiced in. */
  readonly currency: string;
  /** Pays invoices in another currency in the company's own one. */
  readonly paysInAccountingCurrency: boolean;
  readonly behavior: Behavior;
  /** Invoices a month in an average month, and what one is about, in minor units. */
  readonly invoicesPerMonth: number;
  readonly typicalInvoice: number;
  readonly termDays: number;
  /** Large orders are paid in three parts. */
  readonly paysByInstallments: boolean;
  /** The weekday of its payment runs, 1 is Monday. */
  readonly paymentWeekday: number;
  readonly since: Day;
  readonly limitType: CreditLimitType;
  readonly isLimitUnlimited: boolean;
  readonly riskScore: number;
  /** The pools it belongs to. */
  readonly pools: readonly string[];
  readonly contactCount: number;
  readonly hasEmail: boolean;
  readonly salesperson: string;
};

/** Of a hundred customers, so many of each. */
const BEHAVIORS: readonly (readonly [Behavior, number])[] = [
  ['prompt', 41],
  ['regular', 27],
  ['slow', 12],
  ['bad', 5],
  ['disputing', 4],
  ['gone', 3],
  ['dormant', 6],
  ['prepaying', 2],
];

type Size = {
  readonly perMonth: readonly [low: number, high: number];
  readonly invoice: readonly [low: number, high: number];
  readonly terms: readonly number[];
};

const SMALL: Size = { perMonth: [0.3, 0.5], invoice: [350, 1_400], terms: [14, 30] };
const MEDIUM: Size = { perMonth: [0.45, 0.8], invoice: [1_400, 6_000], terms: [30, 30, 45] };
const LARGE: Size = { perMonth: [0.85, 1.4], invoice: [6_000, 13_000], terms: [30, 45, 60] };

/**
 * The sizes of customers of one behavior, one after the other. Whoever pays badly was never given
 * the credit to buy much.
 */
const SIZES: Readonly<Record<Behavior, readonly Size[]>> = {
  prompt: [MEDIUM, SMALL, MEDIUM, LARGE, SMALL, MEDIUM, SMALL],
  regular: [SMALL, MEDIUM, MEDIUM, SMALL, LARGE, MEDIUM, SMALL],
  slow: [MEDIUM, SMALL, MEDIUM, SMALL],
  disputing: [MEDIUM, MEDIUM, LARGE],
  dormant: [SMALL, MEDIUM],
  prepaying: [SMALL, MEDIUM],
  bad: [MEDIUM, SMALL],
  gone: [MEDIUM, MEDIUM, SMALL],
};

/** The customers of a company as of a day. */
export function customersOf(company: CompanyPlan, today: Day): CustomerPlan[] {
  const random = pseudoRandom(`${company.id}/customers`);
  const nameOf = companyNames(random);
  // The first customer is one that gives a coordinator something to do.
  const others = random.shuffled(kindsOf(company.customerCount - 1));
  return [FIRST, ...others].map(({ behavior, size }, index) => {
    const account = `${company.customerPrefix}${String(index + 1).padStart(4, '0')}`;
    const own = pseudoRandom(`${company.id}/${account}`);
    const industry = random.pick(INDUSTRIES);
    const place = placeOf(company, index, own);
    return customerOf(company, { account, behavior, size, industry, place, today }, own, nameOf);
  });
}

const FIRST: Kind = { behavior: 'slow', size: LARGE };

type Kind = { readonly behavior: Behavior; readonly size: Size };

/** As many of each behavior as its share of the customers, at least one. */
function kindsOf(count: number): Kind[] {
  const others = BEHAVIORS.slice(1).flatMap(([behavior, share]) =>
    kinds(behavior, Math.max(1, Math.round((share * count) / 100))),
  );
  return [...kinds('prompt', count - others.length), ...others];
}

function kinds(behavior: Behavior, count: number): Kind[] {
  const sizes = SIZES[behavior];
  return Array.from({ length: count }, (_, index) => ({
    behavior,
    size: sizes[index % sizes.length] ?? MEDIUM,
  }));
}

/** One in ten is abroad. */
function placeOf(company: CompanyPlan, index: number, random: PseudoRandom): Place {
  const abroad = company.pools.at(-1)?.id;
  const isAbroad = index % 10 === 9;
  const places = PLACES[company.id] ?? [];
  return random.pick(places.filter(({ pool }) => (pool === abroad) === isAbroad));
}

type Basics = Pick<CustomerPlan, 'account' | 'behavior' | 'industry' | 'place'> & {
  readonly size: Size;
  readonly today: Day;
};

function customerOf(
  company: CompanyPlan,
  { account, behavior, size, industry, place, today }: Basics,
  random: PseudoRandom,
  nameOf: ReturnType<typeof companyNames>,
): CustomerPlan {
  const { language, currency } = COUNTRIES[place.country];
  const isForeign = currency !== company.accountingCurrency;
  const limitType = random.weighted(LIMIT_TYPES);
  const isKeyAccount = size === LARGE && company.pools.some(({ id }) => id === 'key-accounts');
  return {
    account,
    name: nameOf(industry, place.country),
    industry,
    place,
    address: addressText(
      random.pick(streetsOf(place.country)),
      random.integer(2, place.country === 'US' ? 2_400 : 120),
      place,
    ),
    language,
    currency,
    paysInAccountingCurrency: isForeign && random.chance(0.25),
    behavior,
    invoicesPerMonth: between(random, size.perMonth),
    typicalInvoice: Math.round(between(random, size.invoice) * 100),
    termDays: behavior === 'prepaying' ? 0 : random.pick(size.terms),
    paysByInstallments: behavior !== 'prepaying' && random.chance(0.12),
    paymentWeekday: random.integer(1, 5),
    since: today - random.integer(20, 190) * 30 - random.integer(0, 29),
    limitType,
    isLimitUnlimited: limitType !== 'none' && behavior === 'prompt' && random.chance(0.12),
    riskScore: riskScoreOf(behavior, random),
    pools: isKeyAccount ? [place.pool, 'key-accounts'] : [place.pool],
    contactCount: random.weighted([
      [0, 5],
      [1, 35],
      [2, 40],
      [3, 20],
    ]),
    hasEmail: !random.chance(0.06),
    salesperson: personName(
      pseudoRandom(`${company.id}/${place.pool}/${random.integer(1, 3)}`),
      company.id === 'demf' ? 'DE' : 'US',
    ),
  };
}

const LIMIT_TYPES: readonly (readonly [CreditLimitType, number])[] = [
  ['balance', 60],
  ['balanceAndPackingSlips', 15],
  ['all', 15],
  ['none', 10],
];

function between(random: PseudoRandom, [low, high]: readonly [number, number]): number {
  return low + random.next() * (high - low);
}

function riskScoreOf(behavior: Behavior, random: PseudoRandom): number {
  const [low, high] = RISK[behavior];
  return random.integer(low, high);
}

const RISK: Readonly<Record<Behavior, readonly [low: number, high: number]>> = {
  prompt: [8, 28],
  dormant: [12, 30],
  regular: [22, 45],
  disputing: [35, 55],
  slow: [46, 68],
  prepaying: [58, 72],
  bad: [70, 88],
  gone: [84, 97],
};
