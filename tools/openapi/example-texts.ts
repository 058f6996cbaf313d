// The examples of generated texts: they have no time and no id of their own run.
import type { Examples } from '../../functions/contract/openapi/document.ts';
import { exampleOf, textOf } from './example-of.ts';

/** Every run has another key; the document has always this one. */
const KEY = '7d1f3f0e-5d0b-4f0c-9c56-2f1f6f0f3a10';
const MADE_AT = '2026-11-24T20:00:00.000Z';
const TIMES = ['madeAt', 'updatedAt'];

/** A summary of a customer, and a draft of a reminder email, asked for and found again. */
export async function textExamples(
  url: string,
  company: string,
  customer: string,
): Promise<Examples> {
  const path = `companies/${company}/customers/${customer}`;
  const summary = await exampleOf(url, `${path}/summary`);
  const draft = await exampleOf(url, `${path}/reminder-emails`, { confirmed: true });
  const id = textOf(draft.answer, 'id');
  const found = await exampleOf(url, `reminder-emails/${id}`);
  const examples: Examples = {
    'get-customer-summary': summary,
    'post-reminder-email': draft,
    'get-reminder-email': found,
  };
  const sameId = Buffer.from(`${company}|${customer}|${KEY}`).toString('base64url');
  const text = JSON.stringify(examples).replaceAll(id, sameId);
  // The commands of the examples before these have changed the account at times of this run.
  return JSON.parse(text, (key, value: unknown) => (TIMES.includes(key) ? MADE_AT : value));
}
