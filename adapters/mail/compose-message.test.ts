import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReminderDraftDocument } from '../../domain/text/text-document.ts';
import { composeMessage } from './compose-message.ts';

const DRAFT: ReminderDraftDocument = {
  id: 'reminderEmail|0',
  pk: 'usmf|C-1',
  kind: 'reminderEmail',
  company: 'usmf',
  customer: 'C-1',
  key: '0b5d6a52-1111-4222-8333-944445555666',
  sheetHash: 'h',
  asOf: 20_500,
  madeAt: '2026-04-30T12:00:00.000Z',
  madeBy: 'ann',
  tone: 'firm',
  language: 'de',
  customerLanguage: 'de',
  author: { generator: 'template', because: 'not-configured' },
  facts: [],
  sentences: [],
  subject: 'Mahnung: 100,00 EUR überfällig',
  text: 'Guten Tag,\n\nbitte zahlen Sie.\n',
  shortText: '',
  html: '<p>Grüße</p>',
  recipient: { name: 'Jo Smith', email: 'jo@fabrikam.example', isFallback: false },
  sender: { name: 'Ann Lee', email: 'ann@contoso.example' },
};

const NAMES = [
  'X-Unsent',
  'From',
  'To',
  'Subject',
  'Message-ID',
  'Date',
  'MIME-Version',
  'Content-Type',
];

/** Headers of the message itself, unfolded. */
function headersOf(message: string): readonly (readonly [string, string])[] {
  const [head = ''] = message.split('\r\n\r\n', 1);
  return head
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => [line.replace(/:.*/s, ''), line.replace(/^[^:]*: ?/, '')]);
}

describe('the message of a draft', () => {
  test('has a recipient, a sender, a date, and both forms of the text', async () => {
    const message = await composeMessage(DRAFT);
    expect(Object.fromEntries(headersOf(message))).toMatchObject({
      From: 'Ann Lee <ann@contoso.example>',
      To: 'Jo Smith <jo@fabrikam.example>',
      Date: 'Thu, 30 Apr 2026 12:00:00 +0000',
      'X-Unsent': '1',
    });
    expect(message).toContain('Content-Type: text/plain; charset=utf-8\r\n');
    expect(message).toContain('Content-Type: text/html; charset=utf-8\r\n');
    expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(message).toMatch(/^[\r\n\x20-\x7e]*$/);
  });

  test('is the same every time', async () => {
    expect(await composeMessage(DRAFT)).toBe(await composeMessage(DRAFT));
  });

  test('leaves out a recipient and a sender that are not known', async () => {
    const names = headersOf(await composeMessage({ ...DRAFT, recipient: null, sender: null }));
    expect(names.map(([name]) => name)).toEqual(
      NAMES.filter((name) => name !== 'From' && name !== 'To'),
    );
  });

  test('has these headers and no other, whatever its subject, its names and its texts are', async () => {
    const piece = fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      'Bcc: eve@thief.example',
      ', eve@thief.example',
      '<eve@thief.example>',
      '"',
      '=?utf-8?Q?=0D=0ABcc:_eve@thief.example?=',
      '--',
      ' ',
      'ü',
      '\u2028',
      '\0',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((all) => all.join('')),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (subject, name, body, html) => {
        const { recipient, sender } = DRAFT;
        const message = await composeMessage({
          ...DRAFT,
          subject,
          text: `${body}.`,
          html: `<p>${html}</p>`,
          recipient: recipient === null ? null : { ...recipient, name },
          sender: sender === null ? null : { ...sender, name },
        });
        const headers = headersOf(message);
        // A subject of nothing is none.
        const names = headers.map(([header]) => header);
        const expected = NAMES.filter((header) => header !== 'Subject' || names.includes(header));
        expect(names).toEqual(expected);
        const { To = '', From = '' } = Object.fromEntries(headers);
        expect([addressesOf(To), addressesOf(From)]).toEqual([
          ['jo@fabrikam.example'],
          ['ann@contoso.example'],
        ]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Addresses outside of quotes and encoded words. */
function addressesOf(header: string): string[] {
  const bare = header
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .replaceAll(/=\?[^?]*\?[BQ]\?[^?]*\?=/gi, '');
  return bare.match(/[\w.]+@[\w.]+/g) ?? [];
}
