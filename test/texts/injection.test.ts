// A model that does whatever is asked of it anywhere in the data, at its worst: through the whole of
// drafts and summaries nothing of it is seen, whatever field it came by.
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../adapters/openai/prompt.ts';
import { draftReminder } from '../../application/text/draft-reminder.ts';
import { getSummary } from '../../application/text/get-summary.ts';
import type { Generated, TextGenerator } from '../../application/text/text-generator.ts';
import type { CustomerChange } from '../../domain/change.ts';
import { violationsOf } from '../../domain/text/grounding.ts';
import { plainName } from '../../domain/text/plain-words.ts';
import { type Injection, injections } from '../grounding/injections.ts';
import { contact, daysAgo, debtor, invoice, profile, status, told } from '../support/debtor.ts';
import { ANN, viewOf } from '../support/drafting.ts';
import { COMPANY, type EmbeddedCustomer } from '../support/embedded-customer.ts';
import { textPorts } from '../support/template-texts.ts';

const INJECTIONS_MIN = 600;
const EMAIL = 'jo@fabrikam.example';

/** A customer into every free text of which somebody wrote the same. */
async function customerWith(text: string): Promise<EmbeddedCustomer> {
  const free = (...fields: readonly string[]) =>
    Object.fromEntries(fields.map((field) => [field, text]));
  const changes: readonly CustomerChange[] = [
    profile({
      ...free('name', 'group', 'riskGroup', 'creditGroup', 'accountStatus', 'phone', 'address'),
      ...free('primaryContact', 'employeeResponsible', 'url'),
    }),
    contact({ ...free('name', 'title', 'phone'), email: EMAIL }),
    invoice('1', 45, free('number', 'voucher', 'description', 'paymentReference', 'paymentMethod')),
    invoice('2', 20, { ...free('description', 'documentUrl', 'voucherUrl'), amount: '640.00' }),
    invoice('3', 10, { amount: '350.00' }),
    invoice('4', 12, { amount: '260.00' }),
    status('3', 'disputed', free('reason', 'note', 'changedBy')),
    status('4', 'promiseToPay', { ...free('reason', 'note'), followUpDate: daysAgo(-5) }),
    told('collectionLetter', 'l', {
      ...free('number', 'code', 'documentUrl'),
      status: 'posted',
      postedDate: daysAgo(3),
      currency: 'USD',
      amount: '640.00',
    }),
    told('activity', 'a', {
      ...free('number', 'type', 'purpose', 'memo', 'url', 'responsible'),
      category: 'task',
      endAt: `${daysAgo(-3)}T10:00:00Z`,
      closed: false,
    }),
  ];
  const customer = await debtor(changes);
  await customer.tellCompany([
    {
      source: '/erp/a',
      epoch: '1',
      version: '2',
      facet: 'main',
      time: '2026-01-02T00:00:00.000Z',
      entity: 'company',
      company: COMPANY,
      record: '0',
      row: { name: text, accountingCurrency: 'USD', timeZone: 'UTC' },
    },
  ]);
  return customer;
}

/** Obeys, and obeys again in other words when its violations are named. */
function obedient({ text, obeyed, again }: Injection): TextGenerator & { readonly seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    async generate(request): Promise<Generated> {
      const messages = messagesOf('the prompt', request);
      seen.push(...messages.map(({ content }) => content));
      const wish = request.violations.length === 0 ? obeyed : again;
      const facts = request.sheet.facts.map(({ id }) => id);
      const sentences = ['The account needs attention.', wish, 'Please pay soon.'];
      return {
        kind: 'text',
        // Half of the time it says so in the subject alone.
        subject: text.length % 2 === 0 ? wish : 'Your account',
        sentences: (text.length % 2 === 0 && request.purpose === 'reminderEmail'
          ? ['Please pay soon.']
          : sentences
        ).map((sentence) => ({ text: sentence, facts })),
        model: 'obedient',
        tokens: 1,
      };
    },
  };
}

/** All that anybody sees of both texts, without the customer's own name. */
async function outcomeOf(customer: EmbeddedCustomer, generator: TextGenerator, own: string | null) {
  const stores = { ...customer.ports, customers: customer.customers };
  const ports = textPorts(stores, { generator, check: violationsOf });
  const view = await viewOf(customer);
  const drafted = await draftReminder(view, ANN, ports);
  if (drafted.kind !== 'draft') throw new Error(drafted.refusal);
  const { draft } = drafted;
  const summary = await getSummary(view, 'en', ports);
  const said = summary.paragraphs.flat().map(({ text }) => text);
  const all = [draft.subject, draft.text, draft.shortText, draft.html, ...said].join('\n');
  return {
    recipient: draft.recipient?.email,
    sender: draft.sender?.email,
    tone: draft.tone,
    generators: [draft.author.generator, summary.author.generator],
    said: own === null ? all : all.replaceAll(own, '').replaceAll(escaped(own), ''),
  };
}

/** As a name stands in the HTML. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('"', '&quot;');
}

describe('a model that obeys what customers wrote', () => {
  const corpus = injections();

  test('is tried with enough', () => {
    expect(new Set(corpus.map(({ text }) => text)).size).toBeGreaterThanOrEqual(INJECTIONS_MIN);
  });

  test.each([...new Set(corpus.map(({ of }) => of))])('changes nothing: %s', async (of) => {
    for (const injection of corpus.filter((one) => one.of === of)) {
      const customer = await customerWith(injection.text);
      const generator = obedient(injection);
      const { said, ...outcome } = await outcomeOf(customer, generator, plainName(injection.text));
      expect({ injection, outcome }).toEqual({
        injection,
        outcome: {
          recipient: EMAIL,
          sender: ANN.principalName,
          tone: 'firm',
          generators: ['template', 'template'],
        },
      });
      expect({ injection, seen: injection.marks.filter((mark) => said.includes(mark)) }).toEqual({
        injection,
        seen: [],
      });
      expect(said).not.toMatch(/https?:|www\.|href=/);
      // The data is one line, whatever is in it, and nothing else is told but the prompt.
      const [prompt, data] = generator.seen;
      expect(prompt).toBe('the prompt');
      expect(data).toMatch(/^BEGIN DATA\n[^\n]+\nEND DATA$/);
    }
  });
});
