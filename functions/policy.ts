// Who may call what (SPEC §7): every HTTP trigger states its policy, and this is the one place
// that enforces it, before the handler runs, and from the token alone where that can tell.
import { type CompanyView, openCompany } from '../application/open-company.ts';
import { type CustomerView, openCustomer } from '../application/open-customer.ts';
import { type Caller, COLLECTIONS_ROLES, type Role } from '../domain/access.ts';
import type { App } from './composition.ts';
import { COMPANY_LENGTH_MAX, CUSTOMER_LENGTH_MAX } from './contract/feed/limits.ts';
import type { Answer, ApiHandler, ApiRequest } from './http.ts';
import type { Problem } from './problem.ts';

type Handler<Access> = (request: ApiRequest, app: App, access: Access) => Promise<Answer>;

/** Handlers by what their policy has found out for them. */
export type CallerHandler = Handler<{ readonly caller: Caller }>;
export type CompanyHandler = Handler<{ readonly caller: Caller; readonly view: CompanyView }>;
export type CustomerHandler = Handler<{ readonly caller: Caller; readonly view: CustomerView }>;

/** A policy, and a handler that fits it. */
export type Guarded =
  /** Anyone, without a token. */
  | { readonly policy: 'public'; readonly runs: ApiHandler }
  /** A user or service with one of these roles. */
  | { readonly policy: 'roles'; readonly roles: readonly Role[]; readonly runs: CallerHandler }
  /** Agents of the `{company}` of the route, and managers. */
  | { readonly policy: 'company'; readonly runs: CompanyHandler }
  /** Agents with a pool the `{customer}` of the route is in, and managers. */
  | { readonly policy: 'customer'; readonly runs: CustomerHandler };

/** Told only to those who would see the company or the customer otherwise (SPEC §6). */
const WORKSPACE_OFF = { problem: { kind: 'feature-off', feature: 'workspace' } } as const;

/** The handler behind its policy. */
export function guarded(route: Guarded): ApiHandler {
  return async (request, app) => {
    switch (route.policy) {
      case 'public':
        return route.runs(request, app);
      case 'roles': {
        const caller = await signIn(request, app, route.roles);
        return 'problem' in caller ? caller : route.runs(request, app, { caller });
      }
      case 'company': {
        const caller = await signIn(request, app, COLLECTIONS_ROLES);
        if ('problem' in caller) return caller;
        const { company = '' } = request.params;
        const view = isKey(company, '') ? await openCompany(company, caller, app.reads) : null;
        if (view === null) return { problem: { kind: 'company-not-found' } };
        if (!view.company.features.workspace) return WORKSPACE_OFF;
        return route.runs(request, app, { caller, view });
      }
      case 'customer': {
        const caller = await signIn(request, app, COLLECTIONS_ROLES);
        if ('problem' in caller) return caller;
        const { company = '', customer = '' } = request.params;
        const view = isKey(company, customer)
          ? await openCustomer(company, customer, caller, app.reads)
          : null;
        // The same for a customer outside the caller's pools as for one that does not exist.
        if (view === null) return { problem: { kind: 'customer-not-found' } };
        if (!view.company.features.workspace) return WORKSPACE_OFF;
        return route.runs(request, app, { caller, view });
      }
    }
  };
}

/** Whether the feed takes these as keys: the store refuses to look for any that are longer. */
function isKey(company: string, customer: string): boolean {
  return company.length <= COMPANY_LENGTH_MAX && customer.length <= CUSTOMER_LENGTH_MAX;
}

/** RFC 6750 §2.1; the scheme in any case. */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

async function signIn(
  request: ApiRequest,
  app: App,
  roles: readonly Role[],
): Promise<Caller | { readonly problem: Problem }> {
  const header = request.header('authorization') ?? '';
  if (header.trim() === '') return { problem: { kind: 'unauthenticated', reason: 'no-token' } };
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) return { problem: { kind: 'unauthenticated', reason: 'malformed' } };
  const signedIn = await app.authenticate(token);
  if (signedIn.kind === 'refused') {
    return { problem: { kind: 'unauthenticated', reason: signedIn.reason } };
  }
  const { caller } = signedIn;
  const retryAfterSeconds = app.calls.take(caller.user);
  if (retryAfterSeconds > 0) return { problem: { kind: 'too-many-calls', retryAfterSeconds } };
  return roles.some((role) => caller.roles.includes(role))
    ? caller
    : { problem: { kind: 'forbidden', roles } };
}
