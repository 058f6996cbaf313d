// The answer of …/explain (SPEC §4).
import type { ExplainedItem, Explanation } from '../../../application/explain-figure.ts';
import type { AgingDefinition } from '../../../domain/aging-definition.ts';
import type { Figure } from '../../../domain/figure.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { AnswerOf } from './answer-of.ts';
import { totalAnswer } from './customer.ts';
import type { explanation as explanationSchema } from './explain-schema.ts';
import { freshness } from './freshness.ts';
import { documentFields } from './transactions.ts';

/** A page of what adds up to a figure; `cursor` is null on the last. */
export function explainAnswer(
  explanation: Explanation,
  cursor: string | null,
): AnswerOf<typeof explanationSchema> {
  const { view, asOf, definition, figure, amount, currency, items } = explanation;
  return {
    ...freshness(view, asOf),
    definition: definition.id,
    agedBy: definition.agedBy,
    credits: 'separate',
    figure: {
      name: figure.name,
      bucket: bucketLabel(figure, definition),
      amount: formatAmount(amount, currency),
      currency,
    },
    total: totalAnswer(explanation.total, currency),
    missingAccountingAmounts: explanation.missingAccountingAmounts,
    approximate: explanation.approximate,
    items: items.map((item) => itemAnswer(item, currency)),
    cursor,
  };
}

function bucketLabel(figure: Figure, { buckets }: AgingDefinition): string | null {
  return figure.name === 'bucket' ? (buckets[figure.bucket]?.label ?? null) : null;
}

/** A document: what is open of it in its currency, and the part that counts in the figure's. */
function itemAnswer(item: ExplainedItem, currency: string) {
  const { row, open, part, changes } = item;
  return {
    ...documentFields(item),
    open: formatAmount(open.open, row.currency),
    part: formatAmount(part, currency),
    changes: changes.map(({ source, epoch, ...change }) => ({
      source: `${source}/${epoch}`,
      ...change,
    })),
  };
}
