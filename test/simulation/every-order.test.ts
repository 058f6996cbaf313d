import { describe, expect, test } from 'vitest';
import { everyOrder, SCENARIOS } from './every-order.ts';
import { ordersTold } from './report.ts';

/** 6! orders, and 7!/2! for each of six changes that may be told twice. */
const ORDERS = 720 + 6 * 2_520;

describe('every order of a few changes, with repeats, ends in one state', () => {
  test.for(Object.entries(SCENARIOS))(
    '%s',
    { timeout: 120_000 },
    async ([name, changes], { task }) => {
      const { orders, ends } = await everyOrder(changes);
      expect(ends.size).toBe(1);
      expect(orders).toBe(ORDERS);
      task.meta.totals = [ordersTold(name, orders)];
    },
  );

  test('and the test sees where an order matters', async () => {
    const changes = SCENARIOS['ties and epochs']?.slice(0, 2) ?? [];
    expect((await everyOrder(changes, () => 'all alike')).ends.size).toBe(2);
  });
});
