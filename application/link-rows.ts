// Finds the customers of rows that do not name them (SPEC §2.3), and turns rows into changes. What
// is kept in the container `feed` only ever grows – places a row was at, what a link led to, what
// was said of it – and every statement meets every place: so the order of rows does not matter.
import type { CustomerChange } from '../domain/change.ts';
import { canonicalJson, utf8Length } from '../domain/json.ts';
import { encodeKeyPart } from '../domain/key.ts';
import { compareVersions, type Version } from '../domain/version.ts';
import {
  clearIfErased,
  type ClearLinkPorts,
  isOfErased,
  statementDocument,
  withoutPersonalDataIn,
} from './erasure/clear-links.ts';
import { holdWhileUnavailable } from './hold.ts';
import { pack } from './ingest-changes.ts';
import {
  LINK_HOLDERS_MAX,
  LINK_ID,
  LINK_STATEMENTS_MAX,
  type LinkDocument,
  ROW_ID,
  type RowDocument,
  type TraceDocument,
} from './link-store.ts';
import { type ChangeQueue, Unavailable, type Write } from './ports.ts';
import { retryLostRaces, TooManyConflicts } from './retry-lost-races.ts';
import {
  changeAt,
  concerns,
  type Holder,
  linkKey,
  rowKey,
  type SourceRow,
  type SourceRowsMessage,
  type Statement,
  targetKey,
} from './source-row.ts';

export type LinkPorts = ClearLinkPorts & { readonly queue: ChangeQueue };

/** A row that cannot be linked, however often it is tried: its place, and why. */
export type UnlinkedRow = { readonly at: number; readonly error: unknown };

/**
 * Puts the changes of some rows on the queue; gives the rows that failed, whose facts may be kept in
 * part. Throws Unavailable or TooManyConflicts.
 */
export async function linkRows(
  { rows }: SourceRowsMessage,
  ports: LinkPorts,
): Promise<readonly UnlinkedRow[]> {
  const failed: UnlinkedRow[] = [];
  const changesOrNone = async (row: SourceRow, at: number) => {
    try {
      return await changesOf(row, ports);
    } catch (error) {
      if (error instanceof Unavailable || error instanceof TooManyConflicts) throw error;
      failed.push({ at, error });
      return [];
    }
  };
  // At once: rows hardly meet, and where they do the tags of their documents tell.
  const changes = (await Promise.all(rows.map(changesOrNone))).flat();
  const measured = changes.map((change) => ({ change, bytes: bytesOf(change) }));
  await holdWhileUnavailable(() => ports.queue.send(pack(measured)), ports);
  return failed;
}

async function changesOf(row: SourceRow, ports: LinkPorts): Promise<CustomerChange[]> {
  const changes: CustomerChange[] = [];
  for (const statement of await statementsOf(row, ports)) {
    changes.push(...(await state(statement, row, ports)));
  }
  return changes;
}

function bytesOf(change: CustomerChange): number {
  return utf8Length(JSON.stringify(change));
}

/**
 * What a row says: itself, where it says it is; and at every other place it was at, that as of its
 * newest version it is not there.
 */
async function statementsOf(row: SourceRow, ports: LinkPorts): Promise<Statement[]> {
  const { source, epoch, version, time, told } = row;
  const { newest, targets } = await rememberRow(row, ports);
  const said = told === null ? [] : [{ source, epoch, version, time, told }];
  const gone = Object.entries(targets)
    .filter(([key]) => key !== newest.target)
    .map(([, target]) => ({
      source,
      epoch: newest.epoch,
      version: newest.version,
      time: newest.time,
      told: { target, row: null, completion: UNCHANGED, names: [], terms: null },
    }));
  return [...said, ...gone];
}

const UNCHANGED = { currency: false, towardsZero: [] };

function rememberRow(row: SourceRow, ports: LinkPorts): Promise<RowDocument> {
  const key = rowKey(row);
  return retryLostRaces(async () => {
    const stored = await ports.links.readRow(key);
    const document = withRow(stored?.document ?? null, row);
    if (stored !== null && canonicalJson(stored.document) === canonicalJson(document)) {
      return document;
    }
    const write = { id: ROW_ID, document, etag: stored?.etag ?? null };
    return (await ports.links.commit(key, [write])) === 'committed' ? document : 'conflict';
  }, ports);
}

/** Of two rows at one version a delete wins, else the greater target (SPEC §2.1). */
function withRow(before: RowDocument | null, row: SourceRow): RowDocument {
  const { epoch, version, time, told } = row;
  const target = told === null ? null : targetKey(told.target);
  const candidate = { epoch, version, time, target };
  const newest = before === null || isNewer(candidate, before.newest) ? candidate : before.newest;
  const known = before?.targets ?? {};
  const targets = told === null || target === null ? known : { ...known, [target]: told.target };
  return { id: ROW_ID, kind: 'sourceRow', newest, targets };
}

type Newest = RowDocument['newest'];

function isNewer(left: Newest, right: Newest): boolean {
  const order = compareVersions(left, right);
  if (order !== 0) return order > 0;
  // The same told at two times: the earlier one stays, as with changes.
  if (left.target === right.target) return left.time < right.time;
  return left.target === null || (right.target !== null && left.target > right.target);
}

/** The changes a statement is, at every place known so far. */
async function state(
  statement: Statement,
  row: SourceRow,
  ports: LinkPorts,
): Promise<CustomerChange[]> {
  const { place, entity, record } = statement.told.target;
  if (place.link === null) {
    const { company, customer } = place;
    if (company === null || customer === null || entity === null || record === null) {
      throw new Error('a row names neither a customer nor a link');
    }
    return stateAt(statement, { company, customer, entity, record, terms: null }, row, ports);
  }
  const holders = await rememberStatement(statement, place.link, ports);
  const changes: CustomerChange[] = [];
  for (const holder of holders) {
    if (concerns(statement, holder)) {
      changes.push(...(await stateAt(statement, holder, row, ports)));
    }
  }
  return changes;
}

/** The change at one place; and what others have said of the names that lead there now. */
async function stateAt(
  statement: Statement,
  at: Holder,
  introducedBy: Version,
  ports: LinkPorts,
): Promise<CustomerChange[]> {
  const { source, told } = statement;
  const change = changeAt(statement, at);
  const changes: CustomerChange[] = told.target.facet === LINK_ONLY ? [] : [change];
  const { company, customer, entity, record } = change;
  for (const name of told.names) {
    const holder = { company, customer, entity, record, terms: told.terms };
    for (const other of await statementsFor(holder, source, name, introducedBy, ports)) {
      changes.push(...(await stateAt(other, holder, introducedBy, ports)));
    }
  }
  return changes;
}

/** The facet of rows that say nothing themselves, but link others. */
export const LINK_ONLY = 'link';

/** Keeps a statement with its link for those found later; gives what the link leads to now. */
async function rememberStatement(
  statement: Statement,
  link: string,
  ports: LinkPorts,
): Promise<readonly Holder[]> {
  const key = linkKey(statement.source, link);
  const holders = await retryLostRaces(async () => {
    const stored = await ports.links.readLink(key);
    const before = stored?.document ?? EMPTY_LINK;
    // The link's tag guards what is kept of the statement: all of it, or what an erasure leaves.
    const kept = isOfErased(statement, before.holders)
      ? withoutPersonalDataIn(statement)
      : statement;
    const document = statementDocument(kept, ports.hash);
    const known = await ports.links.readStatement(key, document.id);
    const places = before.holders.map(({ holder }) => holder);
    if (known !== null && known.document.statement.time <= statement.time) return places;
    const statements = before.statements + (known === null ? 1 : 0);
    // The link is written too: whoever adds what it leads to meanwhile must read again.
    const result = await ports.links.commit(key, [
      { id: document.id, document, etag: known?.etag ?? null },
      linkWrite({ ...before, statements }, stored?.etag ?? null),
    ]);
    return result === 'committed' ? places : result;
  }, ports);
  // Most say amounts alone, and nobody need be asked.
  if (withoutPersonalDataIn(statement) !== statement) {
    await clearIfErased(key, statement.told.target.place, ports);
  }
  return holders;
}

const EMPTY_LINK: LinkDocument = {
  id: LINK_ID,
  kind: 'link',
  holders: [],
  statements: 0,
  company: null,
  customer: null,
};

/** Throws for a link that would collect more than it may: the row it is for goes to quarantine. */
function linkWrite(document: LinkDocument, etag: string | null): Write<LinkDocument> {
  if (document.holders.length > LINK_HOLDERS_MAX) {
    throw new Error('a link leads to more records than it may');
  }
  if (document.statements > LINK_STATEMENTS_MAX) {
    throw new Error('more rows wait for or rest on a link than may');
  }
  return { id: LINK_ID, document, etag };
}

/**
 * Keeps what a link leads to; gives what has been said of it and not met it yet. The row that
 * first said so gets it every time, since it may come again after a failure in between.
 */
async function statementsFor(
  holder: Holder,
  source: string,
  link: string,
  introducedBy: Version,
  ports: LinkPorts,
): Promise<readonly Statement[]> {
  const key = linkKey(source, link);
  const { epoch, version } = introducedBy;
  const content = canonicalJson(holder);
  const { company, customer } = holder;
  const statements = await retryLostRaces<number | null>(async () => {
    const stored = await ports.links.readLink(key);
    const before = stored?.document ?? EMPTY_LINK;
    const known = before.holders.find((one) => canonicalJson(one.holder) === content);
    if (known !== undefined) {
      return compareVersions(known.since, introducedBy) === 0 ? before.statements : null;
    }
    const holders = [...before.holders, { holder, since: { epoch, version } }];
    const first = before.customer === null ? { company, customer } : {};
    const writes = [
      linkWrite({ ...before, ...first, holders }, stored?.etag ?? null),
      ...traceWrites(before, holder),
    ];
    return (await ports.links.commit(key, writes)) === 'committed' ? before.statements : 'conflict';
  }, ports);
  if (statements === null) return [];
  await clearIfErased(key, holder, ports);
  if (statements === 0) return [];
  const said = await holdWhileUnavailable(() => ports.links.statements(key), ports);
  return said
    .map(({ document }) => document.statement)
    .filter((statement) => concerns(statement, holder));
}

/** A trace of the customer of a new holder, where the link is not found by it already. */
function traceWrites(
  { company, customer, holders }: LinkDocument,
  { company: ofCompany, customer: ofCustomer }: Holder,
): Write<TraceDocument>[] {
  const isKnown =
    customer === null ||
    (company === ofCompany && customer === ofCustomer) ||
    holders.some(({ holder }) => holder.company === ofCompany && holder.customer === ofCustomer);
  if (isKnown) return [];
  const id = `trace|${encodeKeyPart(ofCompany)}|${encodeKeyPart(ofCustomer)}`;
  const document = { id, kind: 'linkTrace', company: ofCompany, customer: ofCustomer } as const;
  return [{ id, document, etag: null }];
}
