import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { bundleFile, bundleSource } from './fixtures/bundle.ts';
import { HOST_JSON, startTestHost, type TestHost } from './fixtures/test-host.ts';

const HTTP_APP = import.meta.resolve('./fixtures/http-app.ts');
const started: TestHost[] = [];

async function start(bundle: string, settings: Readonly<Record<string, string>> = {}) {
  const host = await startTestHost(bundle, settings);
  started.push(host);
  return host;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((host) => host.stop()));
});

describe('an app that cannot be run is refused at the start', () => {
  const handler = 'handler: () => undefined';
  test.each([
    ['', 'registered no function'],
    [`throw new Error('broken entry')`, 'broken entry'],
    [`app.http('a', { ${handler} }); app.http('A', { ${handler} })`, 'two functions are named a'],
    [
      `for (const n of ['a', 'b']) app.http(n, { route: 'x', ${handler} })`,
      'a and b have the same route',
    ],
    [`app.http('a', { route: 'admin/x', ${handler} })`, 'reserved'],
    [
      `app.cosmosDB('feed', { connection: 'C', databaseName: 'd', containerName: 'c', ${handler} })`,
      'Function feed: the embedded host has no cosmosDBTrigger',
    ],
    [
      `app.serviceBusTopic('t', { connection: 'C', topicName: 't', subscriptionName: 's', ${handler} })`,
      'Function t: the embedded host has queues only',
    ],
    [
      `app.serviceBusQueue('q', { connection: 'C', queueName: 'q', cardinality: 'many', ${handler} })`,
      "no cardinality 'many'",
    ],
    [
      `app.serviceBusQueue('q', { connection: 'NOT_SET', queueName: 'q', ${handler} })`,
      'the setting NOT_SET is not a connection string',
    ],
    [
      `app.timer('t', {
         schedule: '0 * * * * *',
         retry: { strategy: 'fixedDelay', maxRetryCount: 1, delayInterval: 1 },
         ${handler},
       })`,
      'no retry policies',
    ],
    [`app.timer('t', { schedule: '* * * * *', ${handler} })`, 'not a schedule of six fields'],
    [`app.timer('t', { schedule: '%NOT_SET%', ${handler} })`, 'the setting NOT_SET is not given'],
    [
      `app.timer('t', {
        schedule: '0 * * * * *',
        retry: { strategy: 'fixedDelay', delayInterval: { seconds: 1 }, maxRetryCount: 1 },
        ${handler}
      })`,
      'no retry policies',
    ],
    [`app.setup({ enableHttpStream: true }); app.http('a', { ${handler} })`, 'enableHttpStream'],
    [
      `import { output } from '@azure/functions';
       app.http('a', { return: output.storageQueue({ connection: 'C', queueName: 'q' }), ${handler} })`,
      'no binding queue',
    ],
  ])('%s', async (source, sentence) => {
    const bundle = await bundleSource(source);

    await expect(start(bundle)).rejects.toThrow(sentence);
  });

  test('with a host.json that is wrong', async () => {
    const bundle = await bundleFile(HTTP_APP);

    await expect(startTestHost(bundle, {}, { version: '1.0' })).rejects.toThrow('version');
  });

  test('on a port in use, and the port of one that failed is free again', async () => {
    const bundle = await bundleFile(HTTP_APP);
    const host = await start(bundle);
    const { startHost } = await import('./host.ts');
    const options = { bundle, hostJson: HOST_JSON, settings: {}, log: () => undefined };

    await expect(startHost({ ...options, port: host.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await host.stop();
    await (await startHost({ ...options, port: host.port })).stop();
  });
});

test('functions that take the same requests are warned of', async () => {
  const host = await start(
    await bundleSource(`
      app.http('any', { route: '{x}', handler: () => undefined });
      app.http('one', { route: 'word', handler: () => undefined });`),
  );

  expect(host.functions).toEqual(['any', 'one']);
  expect(host.lines).toEqual([expect.stringContaining('fit any and one')]);
});

test('hooks see what functions log, and may change it', async () => {
  const host = await start(
    await bundleSource(`
      app.hook.log((context) => {
        const { category, level, invocationContext } = context;
        context.message = [context.message, category, level, invocationContext.functionName].join();
      });
      app.http('logs', { handler: (_, context) => context.warn('seen') });`),
  );

  await fetch(`${host.url}/api/logs`);

  expect(host.lines).toContainEqual(expect.stringContaining('logs: seen,user,warning,logs'));
});

test('hooks run around the app and around each invocation, and may change both', async () => {
  const events: string[] = [];
  Reflect.set(globalThis, 'hostTestEvents', events);
  const host = await start(
    await bundleSource(`
      const events = Reflect.get(globalThis, 'hostTestEvents');
      app.hook.appStart(({ hookData }) => {
        hookData.kept = 'kept';
        events.push('start');
      });
      app.hook.appTerminate(({ hookData }) => void events.push('terminate ' + hookData.kept));
      app.hook.preInvocation((context) => {
        context.hookData.number = 1;
        const { functionHandler } = context;
        context.functionHandler = (...inputs) => {
          events.push('handler');
          return functionHandler(...inputs);
        };
      });
      app.hook.postInvocation((context) => {
        events.push('after ' + context.hookData.number + ' ' + context.error?.message);
        if (context.error !== undefined) {
          context.error = undefined;
          context.result = { body: 'saved' };
        }
      });
      app.http('fails', { handler: () => { throw new Error('failed'); } });`),
  );

  const response = await fetch(`${host.url}/api/fails`);
  await host.stop();

  expect([response.status, await response.text()]).toEqual([200, 'saved']);
  expect(events).toEqual(['start', 'handler', 'after 1 failed', 'terminate kept']);
});

test('what the app logs and why it fails is in the log', async () => {
  const host = await start(
    await bundleSource(`
      app.http('talks', { handler: (_request, context) => {
        context.warn('said', { by: 'it' });
        throw new Error('gone wrong');
      } });`),
  );

  expect((await fetch(`${host.url}/api/talks`)).status).toBe(500);

  expect(host.lines).toEqual([
    "warning: talks: said { by: 'it' }",
    expect.stringMatching(/^error: talks failed: Error: gone wrong\n/),
  ]);
});

test('a promise that fails after the answer is counted and logged', async () => {
  const host = await start(await bundleFile(HTTP_APP));
  // The test runner ends a run for it too, which is right anywhere but here.
  const listeners = process.listeners('unhandledRejection');
  const others = listeners.slice(0, -1);
  for (const other of others) process.off('unhandledRejection', other);

  expect((await fetch(`${host.url}/api/fails-later`)).status).toBe(202);
  await expect.poll(() => host.unhandled()).toBe(1);

  for (const other of others) process.on('unhandledRejection', other);
  expect(host.lines).toContainEqual(expect.stringContaining('nobody waits for this'));
});

describe('stopping', () => {
  test('lets what is under way finish, and takes nothing new', async () => {
    const host = await start(await bundleFile(HTTP_APP));
    const waiting = fetch(`${host.url}/api/waits`);
    await expect.poll(() => host.inFlight()).toBe(1);
    const idle = host.idle();

    const release = fetch(`${host.url}/api/release`);
    await release;
    const stopped = host.stop();

    expect(await (await waiting).text()).toBe('waited');
    await Promise.all([idle, stopped]);
    expect(host.inFlight()).toBe(0);
    await expect(fetch(host.url)).rejects.toThrow('fetch failed');
  });

  test('is not held up by a connection that is kept, and may be asked for twice', async () => {
    const host = await start(await bundleFile(HTTP_APP));
    const socket = connect(host.port, '127.0.0.1');
    await (await fetch(`${host.url}/api/nothing`)).text();
    const closed = once(socket, 'close');

    await Promise.all([host.stop(), host.stop()]);

    expect(await closed).toEqual([false]);
  });
});

test('a host can be started again in the same process, with other settings and a fresh app', async () => {
  const bundle = await bundleFile(HTTP_APP);
  const answers: string[] = [];
  for (const HOST_TEST_SETTING of ['first', 'second']) {
    const host = await start(bundle, { HOST_TEST_SETTING });
    answers.push(await (await fetch(`${host.url}/api/setting`)).text());
    await host.stop();
  }

  expect(answers).toEqual(['first', 'second']);
  expect(process.env['HOST_TEST_SETTING']).toBeUndefined();
});
