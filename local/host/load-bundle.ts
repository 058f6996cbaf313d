// Loads the app's bundle as the Functions worker does: `require` with one module supplied.
import { existsSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { CoreModule, type LoadedApp, type Log } from './core-module.ts';

const CORE_MODULE = '@azure/functions-core';

/** Runs the bundle anew, also when it was loaded before, and gives what it registered. */
export function loadBundle(path: string, log: Log): LoadedApp {
  const core = new CoreModule(log);
  const require = createRequire(import.meta.url);
  const file = resolve(path);
  if (!existsSync(file)) throw new Error(`${file} is missing; run \`npm run build\` first.`);
  const restore = supplyModule(CORE_MODULE, core.exports());
  try {
    delete require.cache[file];
    require(file);
  } finally {
    restore();
  }
  return core.finish();
}

/**
 * Lets every `require` find the module. The worker proxies `Module.prototype.require` too: a bundle
 * cannot tell the difference.
 */
function supplyModule(name: string, supplied: object): () => void {
  const original = Object.getOwnPropertyDescriptor(Module.prototype, 'require');
  if (typeof original?.value !== 'function') throw new Error('this Node.js has no Module#require');
  const replacement: unknown = new Proxy(original.value, {
    apply: (target, self, parameters) =>
      parameters[0] === name ? supplied : Reflect.apply(target, self, parameters),
  });
  Object.defineProperty(Module.prototype, 'require', { ...original, value: replacement });
  return () => Object.defineProperty(Module.prototype, 'require', original);
}
