// Sends a running app what nobody should, and holds it to what it promises of that (SPEC §7): no
// answer says that something went wrong here, each is as the document tells, nothing is written for
// what was refused, no promise fails unseen, and memory does not grow.
import fc from 'fast-check';
import { Agent, request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { EmbeddedRuntime } from '../../local/runtime.ts';
import { CONTRACT } from '../end-to-end/api-contract.ts';
import { oddEvents } from './odd-events.ts';
import { type OddRequest, oddRequest } from './odd-requests.ts';

/** Requests at once: enough to keep the host busy. */
const AT_ONCE = 40;
/** Where the counts of what was accepted before are written seconds later: that proves nothing. */
const LATE = 'feed';
/** Part of the inputs after which memory has found its size. */
const WARM = 0.25;
const MEBIBYTE = 2 ** 20;

export type FuzzTotals = {
  readonly inputs: number;
  readonly byStatus: ReadonlyMap<number, number>;
  /** Requests that were all refused, and so were looked at for writes. */
  readonly refused: number;
  /** Mebibytes the heap has grown by since it was warm. */
  readonly grownMebibytes: number;
};

type Told = { readonly status: number; readonly headers: Headers; readonly text: string };

/** Sends about so many inputs, the same for the same seed; throws at the first finding. */
export async function fuzz(
  runtime: EmbeddedRuntime,
  inputs: number,
  seed: number,
): Promise<FuzzTotals> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const byStatus = new Map<number, number>();
  let sent = 0;
  let refused = 0;
  let warmBytes = 0;
  const batch = fc.array(fc.oneof({ weight: 3, arbitrary: oddRequest }, oddEvents), {
    minLength: AT_ONCE,
    maxLength: AT_ONCE,
  });
  const property = fc.asyncProperty(batch, async (requests) => {
    // What the batch before had accepted is applied by now, or it would be taken for this one's.
    await runtime.idle();
    await runtime.cosmos.resetStatistics();
    const answers = await Promise.all(requests.map((one) => send(runtime.url, agent, one)));
    const problems = requests.flatMap((one, index) => findings(one, answers[index]));
    if (problems.length > 0) throw new Error(problems.join('\n'));
    if (runtime.unhandled() > 0) throw new Error('a promise failed and nobody noticed');
    for (const { status } of answers) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    if (requests.every((one, index) => isWithoutEffect(one, answers[index]))) {
      await runtime.idle();
      const { byContainer } = await runtime.cosmos.statistics();
      const written = Object.entries(byContainer).filter(
        ([name, { documentsWritten }]) => name !== LATE && documentsWritten > 0,
      );
      if (written.length > 0) throw new Error(`written to ${written.map(([name]) => name).join()}`);
      refused += requests.length;
    }
    sent += requests.length;
    if (warmBytes === 0 && sent >= inputs * WARM) warmBytes = heapBytes();
  });
  try {
    const numRuns = Math.ceil(inputs / AT_ONCE);
    const { errorInstance } = await fc.check(property, { numRuns, seed, endOnFailure: true });
    // The finding alone: all requests of its batch would fill screens.
    if (errorInstance !== null && errorInstance !== undefined) throw errorInstance;
  } finally {
    agent.destroy();
  }
  const grownMebibytes = Math.round((heapBytes() - warmBytes) / MEBIBYTE);
  return { inputs: sent, byStatus, refused, grownMebibytes };
}

/** What came of it, in a line. */
export function fuzzTold({ inputs, byStatus, refused, grownMebibytes }: FuzzTotals): string {
  const statuses = [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');
  return (
    `Fuzzing: ${inputs} bad inputs (${statuses}); none failed, all as told; ` +
    `${refused} looked at for writes, none; heap ${grownMebibytes} MiB after the first quarter.`
  );
}

function send(url: string, agent: Agent, odd: OddRequest): Promise<Told> {
  const { hostname, port } = new URL(url);
  const { method, path, headers, body } = odd;
  return new Promise((resolve, reject) => {
    const sending = request({ hostname, port, agent, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const sentHeaders = Object.entries(response.headersDistinct).map(
          ([name, values]): [string, string] => [name, (values ?? []).join(', ')],
        );
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: new Headers(sentHeaders), text });
      });
    });
    sending.on('error', reject);
    sending.end(body ?? undefined);
  });
}

/** What is wrong with an answer, as sentences. */
function findings(odd: OddRequest, told: Told | undefined): readonly string[] {
  if (told === undefined) return ['a request was not answered'];
  const { method, path } = odd;
  const where = `${method} ${path}`;
  if (told.status >= 500) return [`${where} → ${told.status} ${told.text}`];
  // The host itself, before any route: it has no body to tell of.
  if (told.text === '' && (told.status === 404 || told.status === 400)) return [];
  return CONTRACT.findings({ ...told, method, path });
}

/** Whether a request can have changed nothing, from what it was answered. */
function isWithoutEffect({ method }: OddRequest, told: Told | undefined): boolean {
  if (method === 'GET' || told === undefined || told.status >= 400) return true;
  const { accepted }: { readonly accepted?: unknown } = Object(JSON.parse(told.text));
  return accepted === 0;
}

/** Bytes of the heap that are in use, after what is not has been let go of. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
