import Module from 'node:module';
import { describe, expect, test } from 'vitest';
import { bundleSource } from './fixtures/bundle.ts';
import { loadBundle } from './load-bundle.ts';

const log = () => undefined;

describe('loading a bundle', () => {
  test('gives what it registered, each time anew', async () => {
    const path = await bundleSource(`
      let loads = 0;
      loads += 1;
      app.http('f', { handler: () => ({ body: String(loads) }) });`);

    const [first, second] = [loadBundle(path, log), loadBundle(path, log)];

    expect(first.registrations.map(({ metadata }) => metadata.name)).toEqual(['f']);
    expect(first.model.name).toBe('@azure/functions');
    expect(second.model).not.toBe(first.model);
  });

  test.each([`app.http('f', { handler: () => undefined });`, `throw new Error('broken');`])(
    'supplies the core module to nobody else: %s',
    async (source) => {
      const path = await bundleSource(source);
      const original: unknown = Reflect.get(Module.prototype, 'require');

      const load = async () => loadBundle(path, log);
      await Promise.allSettled([load()]);

      expect(Reflect.get(Module.prototype, 'require')).toBe(original);
      expect(() => Module.createRequire(import.meta.url)('@azure/functions-core')).toThrow(
        'Cannot find module',
      );
    },
  );

  test('is closed to functions that come late', async () => {
    const path = await bundleSource(`
      Reflect.set(globalThis, 'registerLate', () => app.http('late', { handler: () => undefined }));
      app.http('f', { handler: () => undefined });`);
    loadBundle(path, log);

    expect(() => Reflect.get(globalThis, 'registerLate')()).toThrow('after the app had started');
  });

  test('says what to do when there is none', () => {
    expect(() => loadBundle('no-such-folder/main.cjs', log)).toThrow('run `npm run build` first');
  });
});
