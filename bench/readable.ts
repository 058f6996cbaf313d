// Waits until what was fed can be read.
import { COMPANY } from './ledger.ts';

/** Reads a customer until the answer counts so many open invoices. */
export async function readable(url: string, customer: string, count: number): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/api/companies/${COMPANY}/customers/${customer}`);
    const body = await response.text();
    if (body.includes(`"open":{"count":${count},`)) return;
  }
}
