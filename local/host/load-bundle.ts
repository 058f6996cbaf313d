// Loads the app's bundle as the Functions worker does: `require` with one module supplied.
import Module, { createRequire } from 'node:module';
import { CoreModule, type LoadedApp, type Log } from './core-module.ts';

const CORE_MODULE = '@azure/functions-core';

/** Runs the bundle anew, also when it was loaded before, and gives what it registered. */
export function loadBundle(path: string, log: Log): LoadedApp {
  const core = new CoreModule(log);
  const require = createRequire(import.meta.url);
  const { prototype } = Module;
  const original = Reflect.get(prototype, 'require');
  const supplied = core.exports();
  // The worker proxies `Module.prototype.require` too: a bundle cannot tell the difference.
  const replacement: typeof original = new Proxy(original, {
    apply: (target, self, parameters) =>
      parameters[0] === CORE_MODULE ? supplied : Reflect.apply(target, self, parameters),
  });
  Module.prototype.require = replacement;
  try {
    delete require.cache[require.resolve(path)];
    require(path);
  } finally {
    Module.prototype.require = original;
  }
  return core.finish();
}
