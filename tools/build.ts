// Builds what runs in Azure and in the embedded runtime: the one bundle dist/main.cjs, and beside it
// the files that describe the API, which are read only when they are asked for.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  entryPoints: ['functions/app.ts'],
  outfile: 'dist/main.cjs',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  keepNames: true,
  sourcemap: true,
  // In the bundle's own format a file knows its folder by another name.
  define: { 'import.meta.dirname': '__dirname' },
  // The Functions host supplies this module at run time; it is not on npm.
  external: ['@azure/functions-core'],
  logLevel: 'warning',
});

const DOCUMENTATION = 'dist/documentation';
const library = createRequire(import.meta.url);
const PAGE_FILES = [
  ...[
    'swagger-ui.css',
    'swagger-ui-bundle.js',
    // Its license asks for these beside it.
    'swagger-ui-bundle.js.LICENSE.txt',
    'LICENSE',
    'NOTICE',
  ].map((name) => library.resolve(`swagger-ui-dist/${name}`)),
  ...['index.html', 'show-api.js'].map((name) =>
    fileURLToPath(new URL(`documentation/${name}`, import.meta.url)),
  ),
];

await mkdir(DOCUMENTATION, { recursive: true });
for (const file of PAGE_FILES) await cp(file, `${DOCUMENTATION}/${file.split(/[\\/]/).at(-1)}`);
// The spaces are for people who read it in the repository.
const document: unknown = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
await writeFile(`${DOCUMENTATION}/openapi.json`, JSON.stringify(document));
