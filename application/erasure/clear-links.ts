// Clears what is kept of rows that do not name their customer (ADR 8) of what is personal of an erased
// one (SPEC §7). What is said of a link stays whole as long as it is about anybody else too: then it
// is theirs. So it is for a place that is found later, which is looked at when it is.
import { canonicalJson } from '../../domain/json.ts';
import { withoutPersonalData } from '../../domain/personal-data.ts';
import type { Hash } from '../../domain/record.ts';
import { type HoldPorts, holdWhileUnavailable } from '../hold.ts';
import { LINK_ID, type LinkHolder, type LinkStore, type StatementDocument } from '../link-store.ts';
import type { CustomerStore, Stored } from '../ports.ts';
import { retryLostRaces } from '../retry-lost-races.ts';
import { concerns, type Place, type Statement } from '../source-row.ts';
import { isErased } from './is-erased.ts';

export type ClearLinkPorts = HoldPorts & {
  readonly links: LinkStore;
  readonly customers: Pick<CustomerStore, 'read'>;
  readonly hash: Hash;
};

/** Whose personal data are to go. */
type Whose = { readonly company: string; readonly customer: string };

/** Clears every link of an erased customer; gives how many statements lost something. */
export async function clearLinks(whose: Whose, ports: ClearLinkPorts): Promise<number> {
  const { company, customer } = whose;
  const pageAfter = (after: string | null) =>
    holdWhileUnavailable(() => ports.links.linksOf(company, customer, after), ports);
  let cleared = 0;
  for (let page = await pageAfter(null); ; page = await pageAfter(page.next)) {
    for (const key of new Set(page.keys)) cleared += await clearLink(key, whose, ports);
    if (page.next === null) return cleared;
  }
}

/**
 * After something was written with a link: clears it if it leads to an erased customer. Nothing is
 * asked where nobody is named.
 */
export async function clearIfErased(
  key: string,
  { company, customer }: Pick<Place, 'company' | 'customer'>,
  ports: ClearLinkPorts,
): Promise<void> {
  if (company === null || customer === null) return;
  const ask = () => isErased(company, customer, ports.customers);
  if (await holdWhileUnavailable(ask, ports)) await clearLink(key, { company, customer }, ports);
}

/** Marks the holders first: what is said from then on is not kept whole. */
async function clearLink(key: string, whose: Whose, ports: ClearLinkPorts): Promise<number> {
  const { links } = ports;
  const holders = await retryLostRaces(async () => {
    const stored = await links.readLink(key);
    if (stored === null) return [];
    const { document, etag } = stored;
    const marked = document.holders.map((one) => (isOf(one.holder, whose) ? erased(one) : one));
    if (canonicalJson(marked) === canonicalJson(document.holders)) return marked;
    const write = { id: LINK_ID, document: { ...document, holders: marked }, etag };
    return (await links.commit(key, [write])) === 'committed' ? marked : 'conflict';
  }, ports);
  const said = await holdWhileUnavailable(() => links.statements(key), ports);
  let cleared = 0;
  for (const stored of said) {
    const { statement } = stored.document;
    const isTheirs = isOf(statement.told.target.place, whose) || isOfErased(statement, holders);
    if (isTheirs && (await clearStatement(key, stored, ports))) cleared += 1;
  }
  return cleared;
}

function erased(holder: LinkHolder): LinkHolder {
  return { ...holder, erased: true };
}

function isOf({ company, customer }: Pick<Place, 'company' | 'customer'>, whose: Whose): boolean {
  return company === whose.company && customer === whose.customer;
}

/** A statement without what is personal is another statement, under an id of its own. */
async function clearStatement(
  key: string,
  stored: Stored<StatementDocument>,
  { links, hash, ...ports }: ClearLinkPorts,
): Promise<boolean> {
  const document = statementDocument(withoutPersonalDataIn(stored.document.statement), hash);
  if (document.id === stored.document.id) return false;
  await retryLostRaces(async () => {
    const known = await links.readStatement(key, document.id);
    const whole = await links.readStatement(key, stored.document.id);
    const writes = [
      ...(known === null ? [{ id: document.id, document, etag: null }] : []),
      ...(whole === null ? [] : [{ id: whole.document.id, document: null, etag: whole.etag }]),
    ];
    return writes.length === 0 ? 'committed' : links.commit(key, writes);
  }, ports);
  return true;
}

/** Whether a statement is about erased customers, and about nobody else that is known. */
export function isOfErased(statement: Statement, holders: readonly LinkHolder[]): boolean {
  const concerned = holders.filter(({ holder }) => concerns(statement, holder));
  return concerned.length > 0 && concerned.every(({ erased: isGone }) => isGone === true);
}

/** The statement with what is left of its row; the same object where that is all of it. */
export function withoutPersonalDataIn(statement: Statement): Statement {
  const { told } = statement;
  if (told.row === null) return statement;
  const row = withoutPersonalData(told.target.entity, told.row);
  if (canonicalJson(row) === canonicalJson(told.row)) return statement;
  return { ...statement, told: { ...told, row } };
}

/** How a statement is kept. Its id leaves its time out: the same told again is the same. */
export function statementDocument(statement: Statement, hash: Hash): StatementDocument {
  const { epoch, version, told } = statement;
  const { company, customer } = told.target.place;
  const isNamed = company !== null && customer !== null;
  return {
    id: `statement|${hash(canonicalJson({ epoch, version, told }))}`,
    kind: 'statement',
    statement,
    company: isNamed ? company : null,
    customer: isNamed ? customer : null,
  };
}
