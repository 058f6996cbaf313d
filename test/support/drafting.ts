// Has reminders drafted for customers over stores in memory, by an agent who sees all of them.
import type { CustomerView } from '../../application/open-customer.ts';
import { type Drafted, draftReminder } from '../../application/text/draft-reminder.ts';
import type { ReminderDraftDocument } from '../../domain/text/text-document.ts';
import { type EmbeddedCustomer, SUPERVISOR } from './embedded-customer.ts';
import { textPorts } from './template-texts.ts';

/** Who asks. */
export const ANN = {
  ...SUPERVISOR,
  user: 'ann',
  name: 'Ann Lee',
  principalName: 'ann@contoso.example',
};

/** The customer as a read sees it. */
export async function viewOf(customer: EmbeddedCustomer): Promise<CustomerView> {
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  return view;
}

/** What comes of asking for a draft. */
export async function draftFor(customer: EmbeddedCustomer): Promise<Drafted> {
  const stores = { ...customer.ports, customers: customer.customers };
  return draftReminder(await viewOf(customer), ANN, textPorts(stores));
}

/** The draft; throws where there is nothing to remind of. */
export async function draftOf(customer: EmbeddedCustomer): Promise<ReminderDraftDocument> {
  const drafted = await draftFor(customer);
  if (drafted.kind !== 'draft') throw new Error(drafted.refusal);
  return drafted.draft;
}
