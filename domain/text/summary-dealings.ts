// The sections of a summary on dealing with the customer: promises, disputes, activities.
import { activityInstant } from '../activity.ts';
import { localDay } from '../calendar.ts';
import { addExact } from '../money.ts';
import { ageDay, type OpenItem } from '../open-item.ts';
import type { PromiseToPay } from '../promise.ts';
import { documentNumber, stillPromised } from './document-facts.ts';
import type { FactCollector } from './fact-collector.ts';
import type { SummarySections } from './fact-sheet.ts';
import type { PromisedItem, SummaryEvidence } from './summary-evidence.ts';

/** What was promised to be paid. */
export function promiseFacts(
  facts: FactCollector,
  { promised, metrics, accountingCurrency }: SummaryEvidence,
): SummarySections['promises'] {
  const total = (id: string, verdict: PromiseToPay['verdict']) => {
    const these = promised.filter(({ promise }) => promise.verdict === verdict);
    if (these.length === 0) return null;
    const amount = these.reduce((sum, { accounting }) => addExact(sum, accounting), 0);
    return {
      count: facts.count(`${id}.count`, these.length),
      amount: facts.amount(`${id}.amount`, amount, accountingCurrency),
    };
  };
  const { kept, broken } = metrics.promises;
  return {
    open: total('promises.open', 'open'),
    broken: total('promises.broken', 'broken'),
    next: nextPromise(facts, promised),
    keptInWindow: kept === 0 ? null : facts.count('promises.kept', kept),
    brokenInWindow: broken === 0 ? null : facts.count('promises.brokenInWindow', broken),
  };
}

function nextPromise(
  facts: FactCollector,
  promised: readonly PromisedItem[],
): SummarySections['promises']['next'] {
  const [next] = promised
    .flatMap(({ item, promise }) =>
      promise.verdict === 'open' && promise.followUpOn !== null
        ? [{ item, promise, followUpOn: promise.followUpOn }]
        : [],
    )
    .toSorted((a, b) => a.followUpOn - b.followUpOn || byId(a.item, b.item));
  if (next === undefined) return null;
  const { item, promise, followUpOn } = next;
  return {
    number: documentNumber(facts, 'nextPromise', item),
    amount: facts.amount('nextPromise.amount', stillPromised(item, promise), item.row.currency),
    followUpOn: facts.date('nextPromise.on', followUpOn),
  };
}

/** What is disputed; null where nothing is. */
export function disputeFacts(
  facts: FactCollector,
  { disputed, disputes: items, accountingCurrency }: SummaryEvidence,
): SummarySections['disputes'] {
  if (disputed.count === 0) return null;
  const [largest] = items.toSorted((a, b) => size(b) - size(a) || byId(a, b));
  return {
    count: facts.count('disputes.count', disputed.count),
    amount: facts.amount('disputes.amount', disputed.amount, accountingCurrency),
    largest:
      largest === undefined
        ? null
        : {
            number: documentNumber(facts, 'largestDispute', largest),
            open: facts.amount('largestDispute.open', largest.open.open, largest.row.currency),
            dueOn: facts.date('largestDispute.dueOn', ageDay(largest, 'dueDate')),
          },
  };
}

function size({ open: { open, accounting } }: OpenItem): number {
  return Math.abs(accounting?.[0] ?? open);
}

function byId(a: OpenItem, b: OpenItem): number {
  return a.document.id < b.document.id ? -1 : 1;
}

/** What there is to do. */
export function activityFacts(
  facts: FactCollector,
  { activities: open, asOf, timeZone }: SummaryEvidence,
): SummarySections['activities'] {
  const placed = open.map((activity) => {
    const at = activityInstant(activity);
    return { category: activity.category, on: at === null ? null : localDay(at, timeZone), at };
  });
  const overdue = placed.filter(({ on }) => on !== null && on < asOf).length;
  const [next] = placed
    .flatMap(({ category, on, at }) => (on === null || on < asOf ? [] : [{ category, on, at }]))
    .toSorted((a, b) => a.on - b.on || ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
  return {
    open: facts.count('activities.open', open.length),
    overdue: overdue === 0 ? null : facts.count('activities.overdue', overdue),
    next:
      next === undefined
        ? null
        : { category: next.category, endsOn: facts.date('nextActivity.on', next.on) },
  };
}
