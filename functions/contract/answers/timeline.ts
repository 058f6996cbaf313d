// The answer of …/timeline (SPEC §3.6, §4): each item with the fields of its type, and links back
// to the document or voucher in the ERP.
import type { TimelineAnswer } from '../../../application/get-timeline.ts';
import type { CustomerView } from '../../../application/open-customer.ts';
import type { Activity } from '../../../domain/activity.ts';
import { formatDay } from '../../../domain/calendar.ts';
import type { CollectionLetter } from '../../../domain/collection-letter.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { TimelineItem } from '../../../domain/timeline.ts';
import { dueDay, type TransactionRow } from '../../../domain/transaction-row.ts';
import type { AnswerOf } from './answer-of.ts';
import { dateOrNull, freshness } from './freshness.ts';
import type { letter as letterSchema, timeline, timelineItem } from './timeline-schema.ts';

/** A page of the timeline; `cursor` is null on the last. */
export function timelineAnswer(
  view: CustomerView,
  answer: TimelineAnswer,
  cursor: string | null,
): AnswerOf<typeof timeline> {
  return {
    ...freshness(view, view.businessDate),
    items: answer.items.map(itemAnswer),
    cursor,
  };
}

function itemAnswer(item: TimelineItem): AnswerOf<typeof timelineItem> {
  const { on, record, source } = item;
  const place = { date: formatDay(on), record, source };
  switch (item.type) {
    case 'invoice':
      return {
        type: 'invoice',
        ...place,
        ...postedFields(item.row),
        number: item.row.number,
        dueDate: formatDay(dueDay(item.row)),
        creditNote: item.row.type === 'creditNote',
        documentUrl: item.row.documentUrl,
      };
    case 'payment':
      return {
        type: 'payment',
        ...place,
        ...postedFields(item.row),
        // A payment lowers what is owed; one that raises it takes another back.
        reversal: item.row.amount > 0,
        voucherUrl: item.row.voucherUrl,
      };
    case 'collectionLetter':
      return { type: item.type, ...place, ...letterFields(item.letter) };
    case 'activity':
      return { type: item.type, ...place, ...activityFields(item.activity) };
  }
}

function postedFields(row: TransactionRow) {
  const { transactionOn, voucher, amount, currency, canceled } = row;
  const postedDate = formatDay(transactionOn);
  return { postedDate, voucher, amount: formatAmount(amount, currency), currency, canceled };
}

/** A letter, as the collections history shows it too. */
export function letterFields(letter: CollectionLetter): AnswerOf<typeof letterSchema> {
  const { number, code, status, postedOn, currency, amount, fee, documentUrl, lines } = letter;
  return {
    postedDate: dateOrNull(postedOn),
    number,
    sequenceCode: code,
    amount: formatAmount(amount, currency),
    currency,
    canceled: status === 'canceled',
    fee: fee === null ? null : formatAmount(fee, currency),
    lines: lines.map((line) => ({
      transaction: line.transaction,
      amount: formatAmount(line.amount, currency),
    })),
    documentUrl,
  };
}

/** The activity's own type is `activityType`, since `type` is that of the item. */
function activityFields(activity: Activity) {
  const { number, category, type, purpose, startAt, endAt, responsible, memo } = activity;
  const { closed, closedAt, closedBy, url } = activity;
  return {
    category,
    endAt,
    activityType: type,
    responsible,
    userMemoIncluded: memo !== null && memo.trim() !== '',
    note: memo,
    number,
    startAt,
    purpose,
    closed,
    closedAt,
    closedBy,
    url,
  };
}
