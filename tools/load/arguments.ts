// Reads the command line of the loader.
import { parseArgs } from 'node:util';
import { defaultRejectPath } from './reject-file.ts';

/** What the command line asks for. */
export type LoadArguments = {
  /** A file of changes, or the folder of an export. */
  readonly path: string;
  /** Of the rows of a folder, with its epoch; null for a file, whose changes name it. */
  readonly source: string | null;
  readonly target: URL;
  readonly dryRun: boolean;
  readonly restart: boolean;
  readonly rejectPath: string;
};

export const USAGE = `Usage: npm run load -- <file.ndjson> [options]
       npm run load -- <folder> --source <source> [options]

Sends a file of changes, one CloudEvent a line, to POST /api/changes; or the rows of a Synapse Link
folder (model.json, Changelog/Synapse.log) to POST /api/changes/d365/{table}. An interrupted run
goes on where it stopped when it is started again; a finished one with what came since.

  --url <address>     server (default http://127.0.0.1:7071)
  --source <source>   of a folder, ending in its epoch: /erp/d365/contoso/1
  --dry-run           validate only, accept nothing
  --rejects <file>    append rejected changes here (default <path>.rejects.ndjson)
  --restart           start from the beginning
  --help

ARREARS_TOKEN       access token sent with each request; not needed by the embedded host

Exit code: 0 all taken, 1 some rejected, 2 stopped.
`;

const DEFAULT_TARGET = 'http://127.0.0.1:7071';

/** The arguments, the request for help, or what is wrong with them. */
export function parseLoadArguments(
  args: readonly string[],
):
  | { readonly kind: 'load'; readonly load: LoadArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string } {
  const parsed = parsedOrReason(args);
  if (typeof parsed === 'string') return { kind: 'wrong', reason: parsed };
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) {
    return { kind: 'wrong', reason: 'exactly one file or folder is expected' };
  }
  const target = URL.parse(values.url);
  if (target === null || !/^https?:$/.test(target.protocol)) {
    return { kind: 'wrong', reason: '--url is not an http or https address' };
  }
  const rejectPath = values.rejects ?? defaultRejectPath(path);
  const { 'dry-run': dryRun, restart } = values;
  return {
    kind: 'load',
    load: { path, source: values.source ?? null, target, dryRun, restart, rejectPath },
  };
}

function parsedOrReason(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string', default: DEFAULT_TARGET },
        'dry-run': { type: 'boolean', default: false },
        rejects: { type: 'string' },
        source: { type: 'string' },
        restart: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}
