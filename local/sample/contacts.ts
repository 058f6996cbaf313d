// The people at a customer.
import type { CustomerPlan } from './customers.ts';
import { addressWord, personName } from './names.ts';
import type { PseudoRandom } from './pseudo-random.ts';

export type Contact = {
  readonly role: 'collections' | 'primary' | 'other';
  readonly order: number;
  readonly name: string;
  readonly title: string;
  readonly email: string | null;
  readonly phone: string | null;
};

type Role = Pick<Contact, 'role' | 'title'>;

const COLLECTIONS: Role = { role: 'collections', title: 'Accounts payable' };
const PRIMARY: Role = { role: 'primary', title: 'Managing director' };
const OTHER: Role = { role: 'other', title: 'Purchasing' };

/** Which roles a customer's contacts have, by how many there are. */
const ROLES: readonly (readonly Role[])[] = [
  [],
  [PRIMARY],
  [COLLECTIONS, PRIMARY],
  [COLLECTIONS, PRIMARY, OTHER],
];

/** The customer's contacts, in their order; some have no address or no telephone. */
export function contacts(customer: CustomerPlan, random: PseudoRandom): Contact[] {
  return (ROLES[customer.contactCount] ?? []).map(({ role, title }, index) => {
    const name = personName(random, customer.place.country);
    const isReachable = customer.hasEmail && !random.chance(0.08);
    return {
      role,
      order: index + 1,
      name,
      title,
      email: isReachable ? `${addressWord(name).replace('-', '.')}@${domainOf(customer)}` : null,
      phone: random.chance(0.85) ? phoneOf(customer, random) : null,
    };
  });
}

/** A domain that cannot exist (RFC 2606). */
export function domainOf({ name }: CustomerPlan): string {
  const words = name.replaceAll(
    / (?:Inc\.|LLC|Co\.|Corp\.|Ltd|GmbH.*|KG|AG|e\. K\.|SARL|SAS|K\.K\.)$/g,
    '',
  );
  return `${addressWord(words)}.example`;
}

/** A number that is set aside for fiction. */
export function phoneOf({ place }: CustomerPlan, random: PseudoRandom): string {
  return `${place.phone}${random.integer(10, 99)}`;
}
