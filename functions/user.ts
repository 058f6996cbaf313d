// Reads about the signed-in user over HTTP (SPEC §4).
import { getUserProfile } from '../application/get-user-profile.ts';
import { conditionalOnContent } from './conditional-read.ts';
import { poolsAnswer, userAnswer } from './contract/answers/user.ts';
import type { CallerHandler, CompanyHandler } from './policy.ts';

/** `GET /api/me`. */
export const getMe: CallerHandler = async (request, app, { caller }) => {
  const body = userAnswer(await getUserProfile(caller, app.reads));
  return conditionalOnContent(request, app, { status: 200, body });
};

/** `GET …/companies/{company}/pools`: the pools the caller may use. */
export const getPools: CompanyHandler = async (request, app, { view }) =>
  conditionalOnContent(request, app, { status: 200, body: poolsAnswer(view) });
