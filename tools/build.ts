// Builds what runs in Azure and in the embedded runtime: the bundle dist/main.cjs; beside it one file
// for each library that is loaded only when used, so that a start need not even parse it; and the
// files that describe the API or tell a model what to write, which are read only when they are
// asked for.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const OUT = 'dist';

const options = {
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
} satisfies BuildOptions;

/** A library that exports a default alone has to be that: it is what an import of the file gives. */
const SOLE_DEFAULT =
  "if (Object.keys(module.exports).join() === 'default') module.exports = module.exports.default;";

/** The libraries that the app imports only while it runs. */
const lazy = new Set<string>();

const apart: Plugin = {
  name: 'lazy libraries apart',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^.]/ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import') return undefined;
      lazy.add(path);
      return { path: `./${fileOf(path)}`, external: true };
    });
  },
};

/**
 * What libraries of telemetry load and the app turns off or does not offer: exporters over gRPC or
 * to others, a file of settings, patches of libraries it does not use. Half of what would be loaded.
 */
const UNUSED =
  /^@opentelemetry\/(?:configuration|exporter-(?:prometheus|zipkin|\w+-otlp-grpc)|otlp-grpc-exporter-base|instrumentation-[\w-]+|winston-transport)$/;

const withoutUnused: Plugin = {
  name: 'without what is never used',
  setup(bundle) {
    bundle.onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: 'unused' }));
    bundle.onLoad({ filter: /./, namespace: 'unused' }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};

await build({
  ...options,
  entryPoints: ['functions/app.ts'],
  outfile: `${OUT}/main.cjs`,
  plugins: [apart],
});
await Promise.all(
  [...lazy].map((name) =>
    build({
      ...options,
      entryPoints: [name],
      outfile: `${OUT}/${fileOf(name)}`,
      footer: { js: SOLE_DEFAULT },
      plugins: [withoutUnused],
      define: { ...options.define, 'import.meta.url': 'fileUrl' },
      banner: { js: "const fileUrl = require('node:url').pathToFileURL(__filename).href;" },
    }),
  ),
);

const DOCUMENTATION = `${OUT}/documentation`;
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
await cp('adapters/openai/prompts', `${OUT}/prompts`, { recursive: true });
// The spaces are for people who read it in the repository.
const document: unknown = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
await writeFile(`${DOCUMENTATION}/openapi.json`, JSON.stringify(document));

/** `@azure/identity` → `azure-identity.cjs`. */
function fileOf(library: string): string {
  return `${library.replaceAll(/\W+/g, '-').replace(/^-/, '')}.cjs`;
}
