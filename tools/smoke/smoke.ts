// Is what was deployed alive, and closed to strangers? Asked of the deployed routes, with no token.
import { z } from 'zod';

/** What asking needs: answers, and time to pass in between. */
export type SmokePorts = {
  readonly fetch: (url: string) => Promise<Response>;
  readonly pause: (milliseconds: number) => Promise<void>;
};

/** A new app has to be found in name servers, be loaded, and get its rights: minutes, at worst. */
const ATTEMPTS = 40;
const PAUSE = 15_000;

const health = z.object({ status: z.string(), dependencies: z.record(z.string(), z.string()) });

/** What is wrong with the app at a base URL, as sentences; waits until nothing is, ten minutes. */
export async function smoke(base: string, ports: SmokePorts): Promise<readonly string[]> {
  let wrong = await complaints(base, ports);
  for (let attempt = 1; attempt < ATTEMPTS && wrong.length > 0; attempt += 1) {
    await ports.pause(PAUSE);
    wrong = await complaints(base, ports);
  }
  return wrong;
}

async function complaints(base: string, { fetch }: SmokePorts): Promise<readonly string[]> {
  try {
    return [
      ...(await healthComplaints(await fetch(`${base}/api/health`))),
      ...(await open(base, fetch)),
    ];
  } catch (error) {
    return [`no answer: ${error instanceof Error ? error.message : String(error)}`];
  }
}

async function healthComplaints(response: Response): Promise<readonly string[]> {
  if (response.status !== 200) return [`/api/health answers ${response.status}`];
  const { success, data } = health.safeParse(await response.json());
  if (!success) return ['/api/health answers something else'];
  if (data.status === 'ok') return [];
  const missing = Object.entries(data.dependencies).filter(([, state]) => state === 'error');
  return [`/api/health is ${data.status}: ${missing.map(([name]) => name).join(', ')}`];
}

async function open(base: string, fetch: SmokePorts['fetch']): Promise<readonly string[]> {
  const { status } = await fetch(`${base}/api/me`);
  return status === 401 ? [] : [`/api/me answers ${status} without a token, not 401`];
}
