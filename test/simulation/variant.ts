// Builds the simulator with the production code, or with a variant of it: some of its text replaced
// when it is loaded. The sources themselves stay as they are.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { build, type Loader, type Plugin } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');
const LOADERS: Readonly<Record<string, Loader>> = { '.ts': 'ts', '.json': 'json' };

/** In `file`, from the root of the project, `find` stands exactly once and gives way to `put`. */
export type Replacement = { readonly file: string; readonly find: string; readonly put: string };

/** Bundles the simulator's thread into `outfile`; throws when a replacement does not fit. */
export async function buildVariant(
  replacements: readonly Replacement[],
  outfile: string,
): Promise<void> {
  const done = new Set<string>();
  await build({
    entryPoints: [join(ROOT, 'test', 'simulation', 'thread.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    logLevel: 'silent',
    plugins: [replacing(replacements, done)],
  });
  const missed = replacements.find(({ file }) => !done.has(file));
  if (missed !== undefined) throw new Error(`the simulator does not run ${missed.file}`);
}

function replacing(replacements: readonly Replacement[], done: Set<string>): Plugin {
  return {
    name: 'replace text',
    setup(build) {
      build.onLoad({ filter: /\.(?:ts|json)$/ }, async ({ path }) => {
        const own = replacements.filter(({ file }) => path === join(ROOT, file));
        const loader = LOADERS[extname(path)];
        if (own.length === 0 || loader === undefined) return null;
        const text = await readFile(path, 'utf8');
        const contents = own.reduce(replaced, text);
        for (const { file } of own) done.add(file);
        return { contents, loader };
      });
    },
  };
}

/** The text with one replacement; throws unless its place is found exactly once. */
export function replaced(text: string, { file, find, put }: Replacement): string {
  const times = text.split(find).length - 1;
  if (times === 1) return text.replace(find, () => put);
  throw new Error(`${file} has ${times} times instead of once: ${find}`);
}
