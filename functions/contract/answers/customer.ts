// The answer of …/customers/{customer}: the workspace in one call.
import type { Workspace } from '../../../application/get-customer.ts';
import type { Total } from '../../../application/get-aging.ts';
import type { CustomerView } from '../../../application/open-customer.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { formatAmount } from '../../../domain/money.ts';
import { numberOrNull, textOrNull } from '../../../domain/row-reader.ts';
import { agingFields } from './aging.ts';
import { contactFields } from './contacts.ts';
import type { total } from './aging-schema.ts';
import type { AnswerOf } from './answer-of.ts';
import type { customer, profile } from './customer-schema.ts';
import { freshness } from './freshness.ts';
import { metricsAnswer } from './metrics.ts';

/** The workspace; a field nobody told is null. */
export function customerAnswer(
  view: CustomerView,
  workspace: Workspace,
): AnswerOf<typeof customer> {
  const { aging, credit, tabs } = workspace;
  const { accountingCurrency: currency } = view.company;
  const amount = (minor: number | null) => (minor === null ? null : formatAmount(minor, currency));
  return {
    ...freshness(view, aging.asOf),
    companyName: view.company.name,
    profile: profileAnswer(view.header.profile?.row ?? {}),
    aging: agingFields(view, aging, null),
    credit: {
      currency,
      creditLimit: amount(credit.limit),
      creditLimitUnlimited: credit.unlimited,
      exposure: amount(credit.exposure),
      creditAvailable: amount(credit.available),
    },
    metrics: metricsAnswer(workspace.metrics, currency),
    tabs: {
      open: totalAnswer(tabs.open, currency),
      disputed: totalAnswer(tabs.disputed, currency),
      promised: totalAnswer(tabs.promised, currency),
      unsettled: totalAnswer(tabs.unsettled, currency),
      all: totalAnswer(tabs.all, currency),
    },
    contacts: contactFields(view.header),
  };
}

/** The customer's own record as it was sent. */
function profileAnswer(row: JsonObject): AnswerOf<typeof profile> {
  return {
    name: textOrNull(row, 'name'),
    group: textOrNull(row, 'group'),
    currency: textOrNull(row, 'currency'),
    language: textOrNull(row, 'language'),
    customerSince: textOrNull(row, 'customerSince'),
    accountStatus: textOrNull(row, 'accountStatus'),
    creditGroup: textOrNull(row, 'creditGroup'),
    riskScore: numberOrNull(row, 'riskScore'),
    riskGroup: textOrNull(row, 'riskGroup'),
    email: textOrNull(row, 'email'),
    phone: textOrNull(row, 'phone'),
    address: textOrNull(row, 'address'),
    primaryContact: textOrNull(row, 'primaryContact'),
    employeeResponsible: textOrNull(row, 'employeeResponsible'),
    url: textOrNull(row, 'url'),
  };
}

/** A count and a sum with its currency. */
export function totalAnswer({ count, amount }: Total, currency: string): AnswerOf<typeof total> {
  return { count, amount: formatAmount(amount, currency), currency };
}
