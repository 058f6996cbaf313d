// Traffic on the queue `changes` in simulated time: how long messages wait, and how long a backlog
// takes, with given settings of sessions. The handler takes time and nothing else.
import { sessionOf } from '../../application/change-message.ts';
import { customerKey } from '../../domain/key.ts';
import type { Topology } from '../../infra/topology.ts';
import { SimulatedHost } from './simulated-host.ts';
import { simulatedTime } from './simulated-time.ts';

/** Milliseconds that applying one message takes: a few round trips to the store. */
export const HANDLING = 25;

export type Traffic = {
  /** Customers that have one message each at the beginning. */
  readonly backlog: number;
  /** Milliseconds between two messages of a shard, of which every shard has its own; null for none. */
  readonly every: number | null;
  /** Milliseconds for which they come. */
  readonly lasts: number;
};

export type Passage = {
  /** Milliseconds from being sent until the handler began, by message that came later. */
  readonly waits: readonly number[];
  /** Milliseconds until the backlog was gone. */
  readonly drained: number;
};

/** What becomes of the traffic on one instance with the settings of the topology. */
export async function passageOf(traffic: Traffic, topology: Topology): Promise<Passage> {
  const time = simulatedTime();
  const host = new SimulatedHost<Message>(topology, time);
  const waits: number[] = [];
  let drained = 0;
  let isFed = false;
  const { shards } = topology.sessions;
  for (let customer = 0; customer < traffic.backlog; customer += 1) {
    host.send(sessionOf(customerKey('usmf', `C-${customer}`), shards), { sent: 0, late: false });
  }
  const trickle = async (shard: number, every: number) => {
    // Shards do not march in step.
    await time.pause((every * shard) / shards);
    while (time.elapsed() < traffic.lasts) {
      host.send(`s-${shard}`, { sent: time.elapsed(), late: true });
      await time.pause(every);
    }
  };
  const feed = async () => {
    const { every } = traffic;
    const ofShards = Array.from({ length: shards }, (_, shard) => shard);
    if (every !== null) await Promise.all(ofShards.map((shard) => trickle(shard, every)));
    isFed = true;
  };
  const handle = async ({ sent, late }: Message) => {
    if (late) waits.push(time.elapsed() - sent);
    await time.pause(HANDLING);
    if (!late) drained = time.elapsed();
  };
  await time.until(Promise.all([feed(), host.run(handle, () => isFed)]));
  return { waits, drained };
}

/** Milliseconds a backlog would take if every slot always had something to do. */
export function idealDrain(backlog: number, { sessions }: Topology): number {
  return (backlog * HANDLING) / sessions.maxConcurrentSessions;
}

type Message = { readonly sent: number; readonly late: boolean };
