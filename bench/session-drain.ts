// How long changes wait for a session, and how long a backlog of many customers takes: simulated,
// for the settings of topology.json and for others they were chosen over; and once for real.
import { setTimeout as delay } from 'node:timers/promises';
import { sessionOf } from '../application/change-message.ts';
import { customerKey } from '../domain/key.ts';
import { type Topology, topology } from '../infra/topology.ts';
import { type EmbeddedRuntime, startRuntime } from '../local/runtime.ts';
import { MEMORY } from '../local/servers.ts';
import { HANDLING, idealDrain, passageOf } from '../test/support/session-traffic.ts';
import { feed, inGroups } from './feed.ts';
import { BUSINESS_NOW, COMPANY, companyChange, customerNames, invoice } from './ledger.ts';
import { quantile } from './quantile.ts';
import { readable } from './readable.ts';
import { atMost, type Finding, PER_SECOND, RATIO, SECONDS, type Section, told } from './report.ts';
import type { Scale } from './scale.ts';

/** Milliseconds between two changes of each shard, from a flood to a few now and then. */
const TRICKLES = [50, 150, 1_000];
/** The one that holds a slot without ever filling it. */
const STEADY = 150;
/** The same for the real run, where the processors must not be what is waited for. */
const STEADY_EMBEDDED = 500;
const WAIT_GOAL = 2;
const CHANGES_PER_REQUEST = 1_000;

type Sessions = Pick<Topology['sessions'], 'shards' | 'maxConcurrentSessions'>;

/** Settings that were tried and not taken. */
const OTHERS: readonly Sessions[] = [
  { shards: 64, maxConcurrentSessions: 16 },
  { shards: 128, maxConcurrentSessions: 64 },
  { shards: 16, maxConcurrentSessions: 16 },
];

/** The simulation, and the real run. */
export async function sessionDrain(scale: Scale): Promise<Section[]> {
  return [await simulated(scale), await embedded(scale)];
}

async function simulated({ drainCustomers, trickleSeconds }: Scale): Promise<Section> {
  const lasts = trickleSeconds * 1_000;
  const findings: Finding[] = [];
  const { drained } = await passageOf({ backlog: drainCustomers, every: null, lasts }, topology);
  const ratio = drained / idealDrain(drainCustomers, topology);
  findings.push(atMost('drain ÷ ideal', 2, ratio, RATIO));
  for (const every of TRICKLES) {
    const p99 = await waitOf(every, lasts, topology);
    const what = `p99 wait, a change every ${every} ms in every shard`;
    findings.push(atMost(what, WAIT_GOAL, p99, SECONDS));
  }
  for (const other of OTHERS) {
    const sessions = { ...topology.sessions, ...other };
    const p99 = await waitOf(STEADY, lasts, { ...topology, sessions });
    findings.push(told(`the same every ${STEADY} ms, ${nameOf(other)}`, p99, SECONDS));
  }
  const idle = topology.sessions.idleTimeoutSeconds;
  return {
    title: 'Sessions, simulated',
    notes: [
      `${nameOf(topology.sessions)}, idle timeout ${idle} s, as in topology.json. ` +
        `${drainCustomers.toLocaleString('en-US')} customers with one change each, then ` +
        `${trickleSeconds} seconds of changes in every shard at once. One instance; the broker’s ` +
        `own state machine; applying a message takes ${HANDLING} ms and no processor. With fewer ` +
        'sessions at once than shards, a shard with a change just before each idle timeout keeps ' +
        'its slot for ever, and others wait until it pauses.',
    ],
    findings,
  };
}

async function waitOf(every: number, lasts: number, settings: Topology): Promise<number> {
  const { waits } = await passageOf({ backlog: 0, every, lasts }, settings);
  return quantile(waits, 0.99) / 1_000;
}

function nameOf({ shards, maxConcurrentSessions }: Sessions): string {
  return `${shards} shards, ${maxConcurrentSessions} at once`;
}

async function embedded({ drainCustomers, trickleSeconds }: Scale): Promise<Section> {
  const runtime = await startRuntime({ data: MEMORY, port: 0, businessNow: BUSINESS_NOW });
  try {
    await feed(runtime.url, [companyChange()]);
    await runtime.idle();
    const changes = customerNames(drainCustomers).map((name) => invoice(name, 1));
    const began = performance.now();
    for (const group of inGroups(changes, CHANGES_PER_REQUEST)) await feed(runtime.url, group);
    await runtime.idle();
    const seconds = (performance.now() - began) / 1_000;
    const waits = await waitsWhileTrickling(runtime, trickleSeconds * 1_000);
    return {
      title: 'Sessions, through the embedded runtime',
      notes: [
        `The same ${drainCustomers.toLocaleString('en-US')} customers, from the first request until ` +
          `nothing waits; then a change every ${STEADY_EMBEDDED} ms in every shard, while changes of one ` +
          'customer more are posted one after the other until each can be read. Host, broker and ' +
          'store share the processors.',
      ],
      findings: [
        told('messages a second', drainCustomers / seconds, PER_SECOND),
        atMost('one change, posted until readable, p99', WAIT_GOAL, quantile(waits, 0.99), SECONDS),
        told('the same, median', quantile(waits, 0.5), SECONDS),
      ],
    };
  } finally {
    await runtime.stop();
  }
}

/** Seconds until single changes could be read. */
async function waitsWhileTrickling(runtime: EmbeddedRuntime, lasts: number): Promise<number[]> {
  const customers = oneOfEachShard();
  const end = performance.now() + lasts;
  const trickle = async () => {
    for (let round = 2; performance.now() < end; round += 1) {
      await feed(
        runtime.url,
        customers.map((name) => invoice(name, round)),
      );
      await delay(STEADY_EMBEDDED);
    }
  };
  const waits: number[] = [];
  const probe = async () => {
    for (let number = 0; performance.now() < end; number += 1) {
      const began = performance.now();
      await feed(runtime.url, [invoice('single', number)]);
      await readable(runtime.url, 'single', number + 1);
      waits.push((performance.now() - began) / 1_000);
    }
  };
  await Promise.all([trickle(), probe()]);
  return waits;
}

/** Customers of which each is in a shard of its own. */
function oneOfEachShard(): string[] {
  const { shards } = topology.sessions;
  const found = new Map<string, string>();
  for (let number = 0; found.size < shards; number += 1) {
    const name = `T-${number}`;
    found.set(sessionOf(customerKey(COMPANY, name), shards), name);
  }
  return [...found.values()];
}
