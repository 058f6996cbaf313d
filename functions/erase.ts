// Erasing a customer over HTTP (SPEC §7): asking for it, and asking how far it is.
import type { Progress } from '../application/run.ts';
import { conditionalOnContent } from './conditional-read.ts';
import type { AnswerOf } from './contract/answers/answer-of.ts';
import type { erasure } from './contract/answers/erasure-schema.ts';
import { readErasureRequest } from './contract/erasure-request.ts';
import type { ApiHandler } from './http.ts';

const ID = /^[0-9a-f-]{36}$/;

/** `POST /api/ops/erase`: it goes on after the answer, in the session of the customer's changes. */
export const postErasure: ApiHandler = async (request, app) => {
  const asked = readErasureRequest(await request.body());
  if ('problem' in asked) return asked;
  const { company, customer } = asked;
  const progress = await app.runs.start({ task: 'erase', company, customer, reference: 0 });
  const body: AnswerOf<typeof erasure> = answerOf(progress, customer);
  return { status: 202, headers: { location: `/api/ops/erase/${progress.id}` }, body };
};

/** `GET /api/ops/erase/{id}`: how far it is. */
export const getErasure: ApiHandler = async (request, app) => {
  const { id = '' } = request.params;
  const progress = ID.test(id) ? await app.runs.progress(id) : null;
  if (progress === null || progress.task !== 'erase' || progress.customer === null) {
    return { problem: { kind: 'erasure-not-found' } };
  }
  const body = answerOf(progress, progress.customer);
  return conditionalOnContent(request, app, { status: 200, body });
};

function answerOf(
  { id, company, state, startedAt, finishedAt, failed, changed }: Progress,
  customer: string,
): AnswerOf<typeof erasure> {
  return {
    id,
    company,
    customer,
    state,
    startedAt,
    finishedAt,
    failed: failed > 0,
    changed,
  };
}
