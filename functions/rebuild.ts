// Rebuilding read models over HTTP (SPEC §8): starting it, and asking how far it is.
import { conditionalOnContent } from './conditional-read.ts';
import type { AnswerOf } from './contract/answers/answer-of.ts';
import type { rebuild } from './contract/answers/rebuild-schema.ts';
import { readRebuildRequest } from './contract/rebuild-request.ts';
import type { ApiHandler } from './http.ts';

const ID = /^[0-9a-f-]{36}$/;

/** `POST /api/ops/rebuild`: one customer, or all of a company; it goes on after the answer. */
export const postRebuild: ApiHandler = async (request, app) => {
  const asked = readRebuildRequest(await request.body());
  if ('problem' in asked) return asked;
  const { company, customer } = asked;
  const order = { task: 'rebuild', company, customer, reference: 0 } as const;
  const progress: AnswerOf<typeof rebuild> = await app.runs.start(order);
  const location = `/api/ops/rebuild/${progress.id}`;
  return { status: 202, headers: { location }, body: progress };
};

/** `GET /api/ops/rebuild/{id}`: how far it is. */
export const getRebuild: ApiHandler = async (request, app) => {
  const { id = '' } = request.params;
  const progress: AnswerOf<typeof rebuild> | null = ID.test(id)
    ? await app.runs.progress(id)
    : null;
  return progress === null || progress.task !== 'rebuild'
    ? { problem: { kind: 'rebuild-not-found' } }
    : conditionalOnContent(request, app, { status: 200, body: progress });
};
