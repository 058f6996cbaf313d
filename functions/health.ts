// Liveness over HTTP (SPEC §4): 200 also when degraded, since the app itself answers.
import { getHealth } from '../application/get-health.ts';
import type { ApiHandler } from './http.ts';

/** `GET /api/health`. */
export const getHealthState: ApiHandler = async (_request, app) => ({
  status: 200,
  body: await getHealth(app.probes),
});
