// The runtime that is sent bad input: with the customers of the README's example in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { ROOT } from '../support/source-files.ts';

/** Starts it; the caller stops it. */
export async function startFuzzedRuntime(): Promise<EmbeddedRuntime> {
  const businessNow = '2026-04-30T12:00:00Z';
  const runtime = await startRuntime({ data: ':memory:', port: 0, businessNow });
  await fetch(`${runtime.url}/api/changes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: readFileSync(join(ROOT, 'examples', 'changes.json')),
  });
  await runtime.idle();
  return runtime;
}
