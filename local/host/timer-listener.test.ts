import { expect, test } from 'vitest';
import { bundleSource } from './fixtures/bundle.ts';
import { startTestHost } from './fixtures/test-host.ts';

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
