// Whether a customer was erased (SPEC §7): its header says so. The header's tag guards what is stored
// with the customer; what is stored elsewhere is written first and asked after, while an erasure
// marks first and clears after: so one of the two sees the other.
import { customerKey } from '../../domain/key.ts';
import { readHeaderDocument } from '../open-customer.ts';
import type { CustomerStore } from '../ports.ts';

/** Whether the personal data of a customer are gone: one point read. Throws Unavailable. */
export async function isErased(
  company: string,
  customer: string,
  customers: Pick<CustomerStore, 'read'>,
): Promise<boolean> {
  const header = await readHeaderDocument(customerKey(company, customer), customers);
  return header !== null && header.document.erasedAt !== undefined;
}
