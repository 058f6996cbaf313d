import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TABLES } from '../../adapters/d365/tables.ts';
import { readRows } from '../../functions/contract/d365/request-body.ts';
import { EXPORTED_TABLES, exportFiles } from '../../tools/load/export-layout.ts';
import { loadFolder } from '../../tools/load/load-folder.ts';
import { embeddedFeed, type EmbeddedFeed } from './embedded-feed.ts';
import { writeExport } from './export-folder.ts';
import { ExportWriter, recIdOf } from './exported-row.ts';
import { tellLedger } from './ledger.ts';
import { ledgerPlan } from './ledger-plan.ts';
import { SOURCE } from './teller.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synapse-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A server over the feed that refuses requests from one on. */
function serverOver(feed: EmbeddedFeed, refusesFrom = Number.POSITIVE_INFINITY) {
  const requests: URL[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (requests.length >= refusesFrom) return Response.json({ title: 'No' }, { status: 400 });
    requests.push(url);
    const table = url.pathname.split('/').at(-1) ?? '';
    const origin = { source: SOURCE, epoch: '1', table, folder: url.searchParams.get('folder') };
    const body = new Uint8Array(await new Response(init?.body).arrayBuffer());
    const read = readRows(new Headers(init?.headers).get('content-type'), body, origin);
    if ('problem' in read) return Response.json(read.problem, { status: 400 });
    return Response.json(await feed.take(read.rows), { status: 202 });
  };
  return { fetch, requests };
}

function load(root: string, fetch: typeof globalThis.fetch) {
  const options = { token: null, dryRun: false, restart: false };
  const rejectPath = join(folder, 'rejects');
  const to = { target: new URL('http://localhost'), source: `${SOURCE}/1` };
  const signal = new AbortController().signal;
  const ports = { fetch, wait: async () => {}, random: () => 0, now: () => 0 };
  return loadFolder({ path: root, ...to, ...options, rejectPath, signal }, ports, () => {});
}

describe('loadFolder', () => {
  test('reads the tables the server knows', () => {
    expect([...EXPORTED_TABLES].toSorted()).toEqual([...TABLES.keys()].toSorted());
  });

  test('ends in the answers of the ledger, also when it was stopped and started again', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(ledgerPlan, fc.nat(6), async (plan, refusesFrom) => {
        runs += 1;
        const root = join(folder, String(runs));
        const ledger = tellLedger(plan);
        await writeExport(root, ledger.rows);
        const [exported, canonical] = [await embeddedFeed(), await embeddedFeed()];
        const stopping = serverOver(exported, refusesFrom);
        const server = serverOver(exported);

        const stopped = await load(root, stopping.fetch);
        const outcome = await load(root, server.fetch);
        await canonical.tell(ledger.changes);

        expect(stopped.kind).toBe('stopped');
        const accepted = ledger.rows.length;
        expect(outcome).toEqual({
          kind: 'complete',
          totals: { accepted, duplicates: 0, rejected: 0 },
        });
        // No file is sent twice, and none is left out.
        const sent = stopping.requests.length + server.requests.length;
        expect(sent).toBe((await exportFiles(root)).length);
        expect(await exported.answers()).toEqual(await canonical.answers());
      }),
      { numRuns: 15 },
    );
  });

  test('sends only what is new when it is run again', async () => {
    const ledger = tellLedger(fc.sample(ledgerPlan, { numRuns: 1, seed: 1 })[0] ?? fail());
    await writeExport(join(folder, 'export'), ledger.rows);
    const server = serverOver(await embeddedFeed());
    await load(join(folder, 'export'), server.fetch);
    const before = server.requests.length;

    await load(join(folder, 'export'), server.fetch);

    expect(server.requests.length).toBe(before);
  });

  test('keeps rejected rows with their place, line breaks in texts counted', async () => {
    const writer = new ExportWriter(100);
    const columns = { dataareaid: 'usmf', accountnum: 'A', name: 'two\nlines, "quoted"' };
    writer.write('custtable', recIdOf(1), { ...columns, creditmax: '1.000000' });
    writer.write('custtable', recIdOf(2), { ...columns, creditmax: 'much' });
    await writeExport(join(folder, 'export'), writer.rows);

    const outcome = await load(join(folder, 'export'), serverOver(await embeddedFeed()).fetch);

    expect(outcome.totals).toEqual({ accepted: 1, duplicates: 0, rejected: 1 });
    const rejects = JSON.parse(await readFile(join(folder, 'rejects'), 'utf8'));
    expect(rejects).toMatchObject({ code: 'amount-format', pointer: '/creditmax' });
  });
});

function fail(): never {
  throw new Error('nothing was sampled');
}
