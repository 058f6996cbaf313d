// Makes a draft a message that a mail program opens to be sent (RFC 5322). The library is loaded
// when the first message is made: nothing else needs it.
import type { ComposeMessage } from '../../application/text/texts.ts';
import type { ReminderDraftDocument } from '../../domain/text/text-document.ts';

/** The message of a draft: the same every time. */
export const composeMessage: ComposeMessage = async (draft) => {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { key, subject, text, html, madeAt, recipient, sender } = draft;
  const message = new MailComposer({
    ...(sender === null ? {} : { from: addressOf(sender) }),
    ...(recipient === null ? {} : { to: [addressOf(recipient)] }),
    subject,
    text,
    html,
    date: new Date(madeAt),
    messageId: `<${key}@arrears.invalid>`,
    baseBoundary: key,
    // Mail programs open a message that says this as one to be sent, not as one received.
    headers: { 'X-Unsent': '1' },
    // Nothing a text says is ever looked up.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = await message.compile().build();
  return bytes.toString('utf8').replaceAll(/\r?\n/g, '\r\n');
};

function addressOf({ name, email }: NonNullable<ReminderDraftDocument['sender']>) {
  return { name: name ?? '', address: email };
}
