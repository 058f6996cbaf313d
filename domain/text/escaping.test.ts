import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailAddress, escapeHtml, MAILTO_LENGTH_MAX, mailtoLink, singleLine } from './escaping.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('\r', '\n', '&', '?', '#', '%0A', ' ', '<', '"', "'", 'bcc=', 'ä', 'x'))
    .map((all) => all.join('')),
);

describe('HTML', () => {
  test('shows any text as it is, and nothing of it as markup', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = escapeHtml(text);
        expect(html).not.toMatch(/[<>"']/);
        const shown = html
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(shown).toBe(text);
      }),
    );
  });
});

describe('a line', () => {
  test('is one line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(singleLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029]|\s\s|^\s|\s$/u);
      }),
    );
    expect(singleLine('a\r\nBcc: b')).toBe('a Bcc: b');
  });
});

describe('a mailto: link', () => {
  test('has one recipient, one subject, one body, and what they say, whatever that is', () => {
    fc.assert(
      fc.property(anyText, anyText, (subject, body) => {
        const link = mailtoLink('jo@fabrikam.example', subject, [body]);
        expect(link).not.toMatch(/\s/);
        const url = new URL(link);
        expect(url.pathname).toBe('jo@fabrikam.example');
        const fields = [...url.searchParams];
        expect(fields.map(([name]) => name)).toEqual(['subject', 'body']);
        const text = body.toWellFormed().replaceAll('\n', '\r\n');
        expect(fields.map(([, value]) => value)).toEqual([subject.toWellFormed(), text]);
      }),
    );
  });

  test('takes the first body that fits, and none where none does', () => {
    const [long, short] = ['x'.repeat(MAILTO_LENGTH_MAX), 'short'];
    expect(mailtoLink('a@b.example', 's', [long, short])).toBe(
      'mailto:a@b.example?subject=s&body=short',
    );
    expect(mailtoLink(null, 's', [long])).toBe('mailto:?subject=s');
  });

  test('takes nothing of an address for more than an address', () => {
    const link = mailtoLink("o'neil+a&b?c#d%e@fabrikam.example", 's', ['b']);
    expect([...new URL(link).searchParams.keys()]).toEqual(['subject', 'body']);
    expect(decodeURIComponent(new URL(link).pathname)).toBe("o'neil+a&b?c#d%e@fabrikam.example");
  });
});

describe('an address', () => {
  test.each(['jo@fabrikam.example', "o'neil+x@a.b-c.example", ' jo@fabrikam.example '])(
    'is one: %s',
    (text) => {
      expect(emailAddress(text)).toBe(text.trim());
    },
  );

  test.each([
    null,
    '',
    'jo',
    'jo@localhost',
    'jo@fabrikam.example,eve@thief.example',
    'jo@fabrikam.example eve@thief.example',
    'jo@fabrikam.example\nBcc: eve@thief.example',
    '<jo@fabrikam.example>',
    '"jo" jo@fabrikam.example',
    'jo@fabrikam.example?bcc=eve@thief.example',
    `${'x'.repeat(65)}@fabrikam.example`,
  ])('is none: %s', (text) => {
    expect(emailAddress(text)).toBeNull();
  });
});
