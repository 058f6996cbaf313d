// Keeps a customer's rows on the company-wide lists right (DESIGN 7). It runs at every delivery,
// also when nothing was new, so that whatever a crash left behind is put right by the next one.
// Safe to run twice, and at the same time as another: a row is replaced only by one that was made
// from something newer, and a row that was taken off leaves a marker that no older one overwrites.
import type { Header } from '../domain/header.ts';
import {
  isCurrent,
  listDefinition,
  type ListDocument,
  listKey,
  listRow,
  listRowId,
} from '../domain/list-row.ts';
import { listedPools } from '../domain/listing.ts';
import { businessDate, type Day } from '../domain/calendar.ts';
import { customerKey } from '../domain/key.ts';
import { isSameDocument } from '../domain/json.ts';
import type { Company } from '../domain/reference.ts';
import type { CompanyDirectory } from './company-directory.ts';
import { basisHistogram } from './get-aging.ts';
import { readHeader, readHeaderDocument } from './open-customer.ts';
import type {
  Clock,
  CommitResult,
  CustomerLists,
  CustomerQueries,
  CustomerStore,
} from './ports.ts';

/** Tries for one row, and rounds over all of them: each one more means that others were faster. */
const TRIES_MAX = 20;

export type ListPorts = {
  readonly customers: CustomerStore & Pick<CustomerQueries, 'openTransactions'>;
  readonly lists: CustomerLists;
  readonly companies: CompanyDirectory;
  readonly clock: Clock;
};

/** Whose rows; `header` is what the caller has just read or committed. */
export type ListedIdentity = {
  readonly company: string;
  readonly customer: string;
  readonly header: Header;
};

/** How far stored rows are believed, and the least reference data and date to go by. */
export type ListOrders = {
  /** Whether a row that was made from the newest may say something else all the same (a rebuild). */
  readonly isSuspect: boolean;
  readonly reference: number;
  /** A business date that has come by another clock; null for none. */
  readonly day: Day | null;
};

/** After a change: rows are what their stamps say. */
export const AS_STAMPED: ListOrders = { isSuspect: false, reference: 0, day: null };

/**
 * Writes every row that is not as it should be, and takes the customer off lists it has left; a
 * conflict when others kept being faster. Rows of a company that has not arrived wait for it.
 * Throws Unavailable.
 */
export async function assertListRows(
  identity: ListedIdentity,
  { isSuspect, reference, day }: ListOrders,
  ports: ListPorts,
): Promise<CommitResult> {
  const state = new Assertion(identity, day, ports);
  await state.readCompany(reference);
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const { header } = state;
    const belongs = listedPools(header);
    // The list of the company last: as long as its row is due, so may be those before it.
    for (const pool of new Set([...belongs.toReversed(), ...header.lists.pools])) {
      const result = await assertRow(pool, state, isSuspect, ports.lists);
      if (result === 'conflict') return result;
    }
    if (state.header !== header) continue;
    const left = header.lists.pools.some((pool) => !belongs.includes(pool));
    if (left) await forgetLeftLists(state.pk, header, ports);
    return 'committed';
  }
  return 'conflict';
}

async function assertRow(
  pool: string,
  state: Assertion,
  isSuspect: boolean,
  lists: CustomerLists,
): Promise<CommitResult> {
  const { list, id } = state.key(pool);
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const stored = await lists.read(list, id);
    const row = stored?.document ?? null;
    await state.catchUpWith(row);
    if (row?.kind !== 'row') await state.askForCompany();
    const isStamped = state.isRight(pool, row);
    if (isStamped && !isSuspect) return 'committed';
    const document = await state.document(pool, row);
    if (document === null) return 'committed';
    if (isStamped && row !== null && isSameDocument(row, { ...document, ...stampOf(row) })) {
      return 'committed';
    }
    const result = await lists.write({ id, document, etag: stored?.etag ?? null }, list);
    if (result === 'committed') return result;
  }
  return 'conflict';
}

/** What a row was made from; two that differ in nothing else say the same. */
function stampOf(row: ListDocument): Partial<ListDocument> {
  const { revision } = row;
  return row.kind === 'removed'
    ? { revision }
    : { revision, reference: row.reference, agedOn: row.agedOn };
}

/**
 * Forgets lists the customer has left, now that a marker stands on each. A header that has changed
 * meanwhile is left alone: whoever changed it comes by here after it.
 */
async function forgetLeftLists(pk: string, left: Header, { customers }: ListPorts): Promise<void> {
  const stored = await readHeaderDocument(pk, customers);
  if (stored === null || stored.document.revision !== left.revision) return;
  const lists = { ...left.lists, pools: listedPools(left) };
  const { document, etag } = stored;
  await customers.commit(pk, [{ id: document.id, document: { ...document, lists }, etag }]);
}

/** What rows are made from, read again when a stored row turns out to know more. */
class Assertion {
  readonly pk: string;
  readonly #identity: ListedIdentity;
  readonly #day: Day | null;
  readonly #ports: ListPorts;
  header: Header;
  #company: Company | null = null;
  #isAsked = false;

  constructor(identity: ListedIdentity, day: Day | null, ports: ListPorts) {
    this.#identity = identity;
    this.#day = day;
    this.#ports = ports;
    this.header = identity.header;
    this.pk = customerKey(identity.company, identity.customer);
  }

  /** Where the customer's row on a list is. */
  key(pool: string): { readonly list: string; readonly id: string } {
    const { company, customer } = this.#identity;
    return { list: listKey(company, pool), id: listRowId(customer) };
  }

  /** The company, from the store where what is remembered is older than `reference`. */
  async readCompany(reference: number): Promise<void> {
    const { companies } = this.#ports;
    const { company: id } = this.#identity;
    this.#company = await companies.find(id);
    if ((this.#company?.listing ?? 0) >= reference) return;
    companies.forget(id);
    this.#company = await companies.find(id);
  }

  /**
   * Asks the store for the company, once: where a row is new, the run over customers that new
   * reference data start may have passed before the customer was there.
   */
  async askForCompany(): Promise<void> {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#ports.companies.forget(this.#identity.company);
    await this.readCompany(0);
  }

  /** Reads again whatever a stored row was made from that is newer than what is known here. */
  async catchUpWith(row: ListDocument | null): Promise<void> {
    if (row !== null && row.revision > this.header.lists.revision) {
      this.header = (await readHeader(this.pk, this.#ports.customers)) ?? this.header;
    }
    if (row?.kind === 'row' && row.reference > (this.#company?.listing ?? 0)) {
      await this.readCompany(row.reference);
    }
  }

  /** Whether a stored document is what should stand on a list now. */
  isRight(pool: string, row: ListDocument | null): boolean {
    if (row === null || row.revision < this.header.lists.revision) return false;
    const belongs = listedPools(this.header).includes(pool);
    if (row.kind === 'removed') return !belongs;
    if (!belongs) return false;
    const company = this.#company;
    return company === null || isCurrent(row, company, this.#today(company));
  }

  /** The document that should stand on a list; null while it cannot be known. */
  async document(pool: string, stored: ListDocument | null): Promise<ListDocument | null> {
    const { header } = this;
    if (!listedPools(header).includes(pool)) {
      return { ...this.key(pool), kind: 'removed', revision: header.lists.revision };
    }
    const company = this.#company;
    if (company === null) return null;
    const today = this.#today(company);
    // Another clock may be ahead of this one; a row never goes back a day.
    const agedOn = stored?.kind === 'row' ? Math.max(today, stored.agedOn) : today;
    const definition = listDefinition(company, pool);
    const view = { pk: this.pk, header };
    const byBasis = await basisHistogram(view, definition, this.#ports.customers);
    const { customer } = this.#identity;
    return listRow(pool, { company, customer, header, definition, byBasis, agedOn });
  }

  #today({ timeZone }: Company): Day {
    const today = businessDate(this.#ports.clock(), timeZone);
    return Math.max(today, this.#day ?? today);
  }
}
