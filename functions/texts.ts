// Summaries and reminder emails over HTTP (SPEC §6).
import type { FoundDraft } from '../application/text/get-reminder-draft.ts';
import type { Company } from '../domain/reference.ts';
import { LANGUAGES } from '../domain/text/fact-sheet.ts';
import { conditional, conditionalOnContent } from './conditional-read.ts';
import { draftId, reminderAnswer, summaryAnswer } from './contract/answers/texts.ts';
import { type Choice, readChoice } from './contract/query.ts';
import { readReminderRequest } from './contract/reminder-request.ts';
import type { Answer } from './http.ts';
import type { CallerHandler, CustomerHandler } from './policy.ts';

export const SUMMARY_LANGUAGE: Choice<(typeof LANGUAGES)[number]> = {
  name: 'language',
  allowed: LANGUAGES,
  otherwise: 'en',
};

/** What stands after an id that asks for the message. */
const MESSAGE_SUFFIX = '.eml';

const NOT_FOUND: Answer = { problem: { kind: 'reminder-email-not-found' } };

/** What a company has switched off of this; null where nothing is. */
function switchedOff({ features }: Company): Answer | null {
  if (!features.workspace) return { problem: { kind: 'feature-off', feature: 'workspace' } };
  return features.summary ? null : { problem: { kind: 'feature-off', feature: 'summary' } };
}

/** `GET …/customers/{customer}/summary`: what there is to say of the account. */
export const getCustomerSummary: CustomerHandler = async (request, app, { view }) => {
  const off = switchedOff(view.company);
  if (off !== null) return off;
  const language = readChoice(request.query, SUMMARY_LANGUAGE);
  if ('problem' in language) return language;
  const made = await app.texts.summary(view, language.value);
  // Its author may change while the facts do not: no revision stands for it. Nor does it matter when
  // the template said the same before.
  const body = summaryAnswer(view, made);
  return conditionalOnContent(request, app, { status: 200, body }, { ...body, madeAt: '' });
};

/** `POST …/customers/{customer}/reminder-emails`: a draft, once the user has accepted the notice. */
export const postReminderEmail: CustomerHandler = async (request, app, { caller, view }) => {
  const off = switchedOff(view.company);
  if (off !== null) return off;
  const confirmed = readReminderRequest(await request.body());
  if ('problem' in confirmed) return confirmed;
  if (!confirmed.value) return { problem: { kind: 'confirmation-required' } };
  const drafted = await app.texts.draft(view, caller);
  switch (drafted.kind) {
    case 'nothing-to-remind-of':
      return { problem: { kind: 'nothing-to-remind-of', reason: drafted.refusal } };
    case 'draft': {
      const { draft } = drafted;
      const headers = { location: `/api/reminder-emails/${draftId(draft)}` };
      return { status: 201, headers, body: reminderAnswer(view, draft, false) };
    }
  }
};

/** `GET /api/reminder-emails/{id}`: the draft; with `.eml` after the id the message. */
export const getReminderEmail: CallerHandler = async (request, app, { caller }) => {
  const { id: asked = '' } = request.params;
  const isMessage = asked.endsWith(MESSAGE_SUFFIX);
  const id = isMessage ? asked.slice(0, -MESSAGE_SUFFIX.length) : asked;
  const found = await app.texts.find(id, caller);
  if (found === null) return NOT_FOUND;
  const off = switchedOff(found.view.company);
  if (off !== null) return off;
  return conditional(request, found.view, app, async () => {
    if (isMessage) return messageOf(found, await app.texts.message(found.draft));
    const stale = await app.texts.isStale(found);
    return { status: 200, body: reminderAnswer(found.view, found.draft, stale) };
  });
};

function messageOf({ draft }: FoundDraft, text: string): Answer {
  const headers = {
    'content-type': 'message/rfc822',
    // The key is hexadecimal: nothing in it needs quoting.
    'content-disposition': `attachment; filename="reminder-${draft.key}.eml"`,
    'x-content-type-options': 'nosniff',
  };
  return { status: 200, text, headers };
}
