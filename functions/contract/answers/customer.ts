// The answer of …/customers/{customer}: the workspace in one call.
import type { Workspace } from '../../../application/get-customer.ts';
import type { Total } from '../../../application/get-aging.ts';
import type { CustomerView } from '../../../application/open-customer.ts';
import { TABS } from '../../../application/ports.ts';
import type { JsonValue } from '../../../domain/json.ts';
import { formatAmount } from '../../../domain/money.ts';
import { agingFields } from './aging.ts';
import { contactFields } from './contacts.ts';
import { freshness } from './freshness.ts';
import { metricsAnswer } from './metrics.ts';

/** Fields of the customer's own record that are shown as they were sent. */
const PROFILE_FIELDS = [
  'name',
  'group',
  'currency',
  'language',
  'customerSince',
  'accountStatus',
  'creditGroup',
  'riskScore',
  'riskGroup',
  'email',
  'phone',
  'address',
  'primaryContact',
  'employeeResponsible',
  'url',
] as const;

/** The workspace; a field nobody told is null. */
export function customerAnswer(view: CustomerView, workspace: Workspace) {
  const { aging, credit, tabs } = workspace;
  const { accountingCurrency: currency } = view.company;
  const row = view.header.profile?.row ?? {};
  const amount = (minor: number | null) => (minor === null ? null : formatAmount(minor, currency));
  return {
    ...freshness(view, aging.asOf),
    companyName: view.company.name,
    profile: Object.fromEntries(
      PROFILE_FIELDS.map((field): [string, JsonValue] => [field, row[field] ?? null]),
    ),
    aging: agingFields(view, aging, null),
    credit: {
      currency,
      creditLimit: amount(credit.limit),
      creditLimitUnlimited: credit.unlimited,
      exposure: amount(credit.exposure),
      creditAvailable: amount(credit.available),
    },
    metrics: metricsAnswer(workspace.metrics, currency),
    tabs: Object.fromEntries(TABS.map((tab) => [tab, totalAnswer(tabs[tab], currency)])),
    contacts: contactFields(view.header),
  };
}

/** A count and a sum with its currency. */
export function totalAnswer({ count, amount }: Total, currency: string) {
  return { count, amount: formatAmount(amount, currency), currency };
}
