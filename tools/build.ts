// Builds the one bundle that runs in Azure and in the embedded runtime: dist/main.cjs.
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
  // The Functions host supplies this module at run time; it is not on npm.
  external: ['@azure/functions-core'],
  logLevel: 'warning',
});
