// Liveness over HTTP (SPEC §4): 200 also when degraded, since the app itself answers.
import { getHealth } from '../application/get-health.ts';
import type { AnswerOf } from './contract/answers/answer-of.ts';
import type { health } from './contract/answers/health-schema.ts';
import type { ApiHandler } from './http.ts';

/** `GET /api/health`. */
export const getHealthState: ApiHandler = async (_request, app) => {
  const body: AnswerOf<typeof health> = await getHealth(app.probes);
  return { status: 200, body };
};
