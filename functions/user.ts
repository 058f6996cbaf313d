// Reads about the signed-in user over HTTP (SPEC §4).
import { getUserProfile } from '../application/get-user-profile.ts';
import { poolsAnswer, userAnswer } from './contract/answers/user.ts';
import type { CallerHandler, CompanyHandler } from './policy.ts';

/** `GET /api/me`. */
export const getMe: CallerHandler = async (_request, app, { caller }) => ({
  status: 200,
  body: userAnswer(await getUserProfile(caller, app.reads)),
});

/** `GET …/companies/{company}/pools`: the pools the caller may use. */
export const getPools: CompanyHandler = async (_request, _app, { view }) => ({
  status: 200,
  body: poolsAnswer(view),
});
