// Reads over HTTP against a function that does nothing on the same host: what the workspace and an
// unchanged one cost above what the Functions library and the host cost anyway.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startRuntime } from '../local/runtime.ts';
import { MEMORY } from '../local/servers.ts';
import { startEchoHost } from './echo-host.ts';
import { feed } from './feed.ts';
import { BUSINESS_NOW, COMPANY, companyChange, history } from './ledger.ts';
import { median, quantile } from './quantile.ts';
import { atMost, MILLISECONDS, PER_SECOND, RATIO, type Section, told } from './report.ts';
import type { Scale } from './scale.ts';

const CLIENT = fileURLToPath(new URL('./http-client.ts', import.meta.url));
const CONNECTIONS = 16;
const CUSTOMER = 'C-1';
/** Changes of the customer that is read: ten open invoices. */
const CHANGES = 40;

const run = promisify(execFile);
const latencies = z.array(z.number());

type Target = { readonly url: string; readonly status: 200 | 304; readonly tag?: string };

/** The workspace, the workspace unchanged, and the echo, in turn. */
export async function http({ rounds, httpRequests }: Scale): Promise<Section> {
  const runtime = await startRuntime({ data: MEMORY, port: 0, businessNow: BUSINESS_NOW });
  try {
    await feed(runtime.url, [companyChange(), ...history(CUSTOMER, 0, CHANGES)]);
    await runtime.idle();
    const url = `${runtime.url}/api/companies/${COMPANY}/customers/${CUSTOMER}`;
    const answer = await fetch(url);
    const { length } = await answer.text();
    const echo = await startEchoHost(length);
    const targets = {
      echo: { url: echo.url, status: 200 },
      workspace: { url, status: 200 },
      unchanged: { url, status: 304, tag: answer.headers.get('etag') ?? '' },
    } as const;
    try {
      return sectionOf(await measure(targets, rounds, httpRequests), length);
    } finally {
      await echo.stop();
    }
  } finally {
    await runtime.stop();
  }
}

type Measured = { readonly p99: number[]; readonly median: number[]; readonly perSecond: number[] };

async function measure<K extends string>(
  targets: Readonly<Record<K, Target>>,
  rounds: number,
  requests: number,
): Promise<ReadonlyMap<string, Measured>> {
  const measured = new Map<string, Measured>();
  // The first round warms up, and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, target] of Object.entries<Target>(targets)) {
      const times = await load(target, requests);
      const of = measured.get(name) ?? { p99: [], median: [], perSecond: [] };
      measured.set(name, of);
      if (round === 0) continue;
      of.p99.push(quantile(times, 0.99));
      of.median.push(median(times));
      const total = times.reduce((sum, time) => sum + time, 0);
      of.perSecond.push((CONNECTIONS * times.length) / (total / 1_000));
    }
  }
  return measured;
}

async function load({ url, status, tag }: Target, requests: number): Promise<number[]> {
  const tags = tag === undefined ? [] : [tag];
  const parameters = [CLIENT, url, `${requests}`, `${CONNECTIONS}`, `${status}`, ...tags];
  const { stdout } = await run(process.execPath, parameters, { maxBuffer: 64 * 1024 * 1024 });
  return latencies.parse(JSON.parse(stdout));
}

function sectionOf(measured: ReadonlyMap<string, Measured>, bytes: number): Section {
  const of = (name: string) => {
    const found = measured.get(name);
    if (found === undefined) throw new Error(`${name} was not measured`);
    return found;
  };
  const ratio = (name: string, by: 'p99' | 'median') =>
    median(of(name)[by].map((value, round) => value / (of('echo')[by][round] ?? value)));
  return {
    title: `Reads over HTTP at ${CONNECTIONS} connections`,
    notes: [
      `The workspace of a customer with ten open invoices (${bytes} bytes) against a function on ` +
        'the same embedded host that answers as many bytes and does nothing. Each connection asks ' +
        'again as soon as it has its answer, so that the host’s one thread is always busy: ' +
        'these ratios are those of its work. The workspace checks a signed token, reads the ' +
        'customer over HTTP with the Cosmos DB SDK, and adds up; the echo does none of it. The ' +
        'client is a process of its own.',
    ],
    findings: [
      atMost('workspace p99 ÷ echo p99', 2, ratio('workspace', 'p99'), RATIO),
      atMost('unchanged workspace (304) p99 ÷ echo p99', 1.3, ratio('unchanged', 'p99'), RATIO),
      told('workspace median ÷ echo median', ratio('workspace', 'median'), RATIO),
      told('unchanged workspace median ÷ echo median', ratio('unchanged', 'median'), RATIO),
      ...[...measured].flatMap(([name, { p99, perSecond }]) => [
        told(`${name}: p99`, median(p99), MILLISECONDS),
        told(`${name}: requests a second`, median(perSecond), PER_SECOND),
      ]),
    ],
  };
}
