// Makes the text of `docs/openapi.json`: the description of this API, with answers of the very
// bundle that was built.
import { readFileSync } from 'node:fs';
import { openApiDocument } from '../../functions/contract/openapi/document.ts';
import { operations } from '../../functions/contract/operations/operations.ts';
import { triggers } from '../../functions/triggers.ts';
import { startRuntime } from '../../local/runtime.ts';
import { captureExamples, EXAMPLES_NOW } from './example-requests.ts';

export const DOCUMENT_FILE = new URL('../../docs/openapi.json', import.meta.url);
const PACKAGE_FILE = new URL('../../package.json', import.meta.url);

/** The routes the document tells. */
export const routes = triggers.filter((trigger) => trigger.kind === 'http');

/** The document as it is to be committed; needs `dist/main.cjs`. */
export async function apiDocument(): Promise<string> {
  const runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    businessNow: EXAMPLES_NOW,
    // Some of it is meant to fail, and answers that are not good end it.
    log: () => {},
  });
  try {
    const examples = await captureExamples(runtime);
    const { version }: { version: string } = JSON.parse(readFileSync(PACKAGE_FILE, 'utf8'));
    return `${JSON.stringify(openApiDocument(routes, operations, examples, version), null, 2)}\n`;
  } finally {
    await runtime.stop();
  }
}
