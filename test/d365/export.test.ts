import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutBookkeeping } from '../end-to-end/without-bookkeeping.ts';
import { embeddedFeed } from './embedded-feed.ts';
import type { ExportedRow } from './exported-row.ts';
import { tellLedger } from './ledger.ts';
import { ledgerPlan } from './ledger-plan.ts';
import { ACCOUNTS } from './teller.ts';

/** Rows in any order, some of them more than once, cut into requests anywhere. */
function anyWay(rows: readonly ExportedRow[]): fc.Arbitrary<readonly (readonly ExportedRow[])[]> {
  const again = fc.subarray([...rows]);
  const order = again.chain((twice) => {
    const all = [...rows, ...twice];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });
  return fc
    .tuple(order, fc.integer({ min: 1, max: 12 }))
    .map(([all, size]) =>
      Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
        all.slice(index * size, (index + 1) * size),
      ),
    );
}

describe('an export of Dynamics 365 Finance', () => {
  test('ends in the answers of the ledger it was made from', async () => {
    await fc.assert(
      fc.asyncProperty(ledgerPlan, async (plan) => {
        const ledger = tellLedger(plan);
        const [exported, canonical] = [await embeddedFeed(), await embeddedFeed()];

        await exported.send(ledger.rows);
        await canonical.tell(ledger.changes);

        expect(await exported.answers()).toEqual(await canonical.answers());
      }),
      { numRuns: 60 },
    );
  });

  test('ends in the same documents in any order, split and repetition, and after failures', async () => {
    const ways = ledgerPlan.chain((plan) => {
      const { rows } = tellLedger(plan);
      return fc.tuple(fc.constant(rows), anyWay(rows));
    });
    await fc.assert(
      fc.asyncProperty(ways, fc.boolean(), async ([rows, requests], failing) => {
        const [inOrder, anyhow] = [await embeddedFeed(), await embeddedFeed(failing)];

        await inOrder.send(rows);
        for (const request of requests) await anyhow.send(request);

        for (const account of ACCOUNTS) {
          const [is, must] = [anyhow, inOrder].map((feed) => feed.documents(account));
          expect(withoutBookkeeping(is)).toEqual(withoutBookkeeping(must));
        }
      }),
      { numRuns: 20 },
    );
  });
});
