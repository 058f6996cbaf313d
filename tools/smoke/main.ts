// Asks a deployed app whether it is well: `npm run smoke -- https://….azurewebsites.net`.
import { setTimeout as pause } from 'node:timers/promises';
import { smoke } from './smoke.ts';

/** Milliseconds an answer may take: the first one waits for an instance to start. */
const ANSWER_TIMEOUT = 30_000;

const base = process.argv[2]?.replace(/\/$/, '');
if (base === undefined) {
  process.stderr.write('usage: npm run smoke -- <base URL>\n');
  process.exit(2);
}
const wrong = await smoke(base, {
  fetch: (url) => fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT) }),
  pause,
});
process.stdout.write(`${wrong.length === 0 ? `${base} is well` : wrong.join('\n')}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
