// How often a model may be asked for texts of one customer on one day (SPEC §7, AI budget): counted
// with the customer, before each call, so that no number of instances spends more.
import type { Day } from '../../domain/calendar.ts';
import { TEXT_BUDGET_ID, type TextBudgetDocument } from '../../domain/text/text-document.ts';
import type { CustomerStore } from '../ports.ts';

/** Calls of a model for one customer on one day, both tries of a text counted. */
export const CALLS_PER_DAY = 40;
/** Times another call may be counted first before this one is given up. */
const RACES_MAX = 5;

/** Whether one more call may be made; counts it if so. Throws Unavailable. */
export async function spendCall(
  pk: string,
  day: Day,
  customers: Pick<CustomerStore, 'read' | 'commit'>,
): Promise<boolean> {
  for (let races = 0; races < RACES_MAX; races += 1) {
    const stored = (await customers.read(pk, [TEXT_BUDGET_ID])).get(TEXT_BUDGET_ID);
    const known = stored?.document.kind === 'textBudget' ? stored.document : null;
    const calls = known?.day === day ? known.calls : 0;
    if (calls >= CALLS_PER_DAY) return false;
    const document: TextBudgetDocument = {
      id: TEXT_BUDGET_ID,
      pk,
      kind: 'textBudget',
      day,
      calls: calls + 1,
    };
    const write = { id: TEXT_BUDGET_ID, document, etag: stored?.etag ?? null };
    if ((await customers.commit(pk, [write])) === 'committed') return true;
  }
  return false;
}
