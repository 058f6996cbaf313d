import { expect, test } from 'vitest';
import { bundleSource } from './fixtures/bundle.ts';
import { HOST_JSON, startTestHost } from './fixtures/test-host.ts';

test('a timer runs at the start if told to, and then at its times', async () => {
  const bundle = await bundleSource(`
    app.timer('tick', {
      schedule: '%TICK_SCHEDULE%',
      runOnStartup: true,
      handler: (timer, context) => context.info(JSON.stringify(timer)),
    });`);

  const host = await startTestHost(bundle, { TICK_SCHEDULE: '* * * * * *' });
  await expect.poll(() => host.lines.length, { timeout: 5_000 }).toBe(2);
  await host.stop();
  const stoppedAt = host.lines.length;

  const [first = '', second = ''] = host.lines.map((line) => line.slice(line.indexOf('{')));
  expect(JSON.parse(first)).toMatchObject({
    isPastDue: false,
    schedule: { adjustForDST: true },
    scheduleStatus: { last: '1970-01-01T00:00:00.000Z' },
  });
  const { last, next } = JSON.parse(second).scheduleStatus;
  expect(Date.parse(next) - Date.parse(last)).toBeLessThanOrEqual(3_000);
  expect(host.lines).toHaveLength(stoppedAt);
});

test('a timer that is only to be fired runs then, and says whether it failed', async () => {
  const bundle = await bundleSource(`
    let runs = 0;
    app.timer('tick', {
      schedule: '* * * * * *',
      runOnStartup: true,
      handler: (timer, context) => {
        runs += 1;
        context.info('run ' + runs);
        if (runs === 2) throw new Error('broken');
      },
    });`);

  const host = await startTestHost(bundle, {}, HOST_JSON, 'fired');
  await host.fireTimer('tick');
  await expect(host.fireTimer('tick')).rejects.toThrow('the timer tick failed');
  await expect(host.fireTimer('tock')).rejects.toThrow('no timer tock');
  await host.stop();

  expect(host.lines.filter((line) => line.includes('run '))).toHaveLength(2);
});
