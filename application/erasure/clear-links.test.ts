import { expect, test } from 'vitest';
import { encodeHeader, HEADER_ID } from '../../domain/header-document.ts';
import { EMPTY_HEADER } from '../../domain/header.ts';
import { customerKey } from '../../domain/key.ts';
import { textOrNull } from '../../domain/row-reader.ts';
import { compareText } from '../../domain/text-order.ts';
import { applyPorts } from '../../test/support/apply-ports.ts';
import { memoryLinks } from '../../test/support/memory-links.ts';
import { memoryCustomers } from '../../test/support/memory-stores.ts';
import { linkRows } from '../link-rows.ts';
import { linkKey, linkName, type SourceRow } from '../source-row.ts';
import { clearLinks } from './clear-links.ts';

const SOURCE = '/erp/d365';
const PARTY = linkName('party', '7');
const NAME = 'Erika Mustermann';
const AS_TOLD = { currency: false, towardsZero: [] };
const AT = { source: SOURCE, epoch: '1', time: '2026-01-01T00:00:00.000Z' };

/** A row of the address book, which is about everybody whose party it is. */
function person(version: string, name = NAME): SourceRow {
  const place = { company: null, customer: null, link: PARTY };
  const target = { place, entity: null, record: null, facet: 'party:7' };
  const told = { target, row: { name }, completion: AS_TOLD, names: [], terms: null };
  return { ...AT, version, table: 'dirpartytable', id: 'p', told };
}

/** A customer whose party it is. */
function account(customer: string): SourceRow {
  const place = { company: 'usmf', customer, link: null };
  const target = { place, entity: 'customer', record: customer, facet: 'main' } as const;
  const row = { name: customer, party: '7' };
  const told = { target, row, completion: AS_TOLD, names: [PARTY], terms: null };
  return { ...AT, version: '1', table: 'custtable', id: customer, told };
}

function world() {
  const [links, customers] = [memoryLinks(), memoryCustomers()];
  const ports = { ...applyPorts({ customers }), links, queue: { send: async () => undefined } };
  return {
    tell: (...rows: SourceRow[]) => linkRows({ kind: 'source-rows', group: 'g', rows }, ports),
    /** Only the mark, as an erasure that has not come to the links yet. */
    async mark(customer: string) {
      const identity = { pk: customerKey('usmf', customer), company: 'usmf', customer };
      const { header } = encodeHeader({ ...EMPTY_HEADER, erasedAt: AT.time }, identity);
      await customers.commit(identity.pk, [{ id: HEADER_ID, document: header, etag: null }]);
    },
    clear: (customer: string) => clearLinks({ company: 'usmf', customer }, ports),
    async said() {
      const found = await links.statements(linkKey(SOURCE, PARTY));
      const names = found.map(({ document }) => {
        const { row } = document.statement.told;
        return row === null ? null : textOrNull(row, 'name');
      });
      return names.toSorted((a, b) => compareText(a ?? '', b ?? ''));
    },
  };
}

test('what was said of an erased customer is cleared, once', async () => {
  const of = world();
  await of.tell(person('1'), account('C-1'));
  await of.mark('C-1');
  expect(await of.clear('C-1')).toBe(1);
  expect(await of.said()).toEqual(['(erased)']);
  expect(await of.clear('C-1')).toBe(0);
});

test('what is said later is not kept whole, nor what comes again', async () => {
  const of = world();
  await of.tell(person('1'), account('C-1'));
  await of.mark('C-1');
  await of.clear('C-1');
  await of.tell(person('1'));
  await of.tell(person('2'));
  expect(await of.said()).toEqual(['(erased)', '(erased)']);
});

test('what waited for an erased customer is cleared when it is found', async () => {
  const of = world();
  await of.tell(person('1'));
  await of.mark('C-1');
  expect(await of.said()).toEqual([NAME]);
  await of.tell(account('C-1'));
  expect(await of.said()).toEqual(['(erased)']);
});

test('a customer that is erased before anything is said of it is one all the same', async () => {
  const of = world();
  await of.mark('C-1');
  await of.tell(account('C-1'));
  await of.tell(person('1'));
  expect(await of.said()).toEqual(['(erased)']);
});

test('what is said of another too is theirs, until they are erased as well', async () => {
  const of = world();
  await of.tell(person('1'), account('C-1'), account('C-2'));
  await of.mark('C-2');
  expect(await of.clear('C-2')).toBe(0);
  expect(await of.said()).toEqual([NAME]);
  await of.mark('C-1');
  expect(await of.clear('C-1')).toBe(1);
  expect(await of.said()).toEqual(['(erased)']);
});
