// Commands over HTTP (SPEC §5): asked for by coordinators, answered by the ERP.
import { openConsistently } from '../application/open-consistently.ts';
import type { CustomerView } from '../application/open-customer.ts';
import type { Caller } from '../domain/access.ts';
import { type Command, isMoneyCommand } from '../domain/commands/command.ts';
import type { CommandDocument } from '../domain/commands/command-document.ts';
import { placeOf } from '../domain/placed-id.ts';
import type { App } from './composition.ts';
import { commandAnswer } from './contract/answers/command.ts';
import { readIdempotencyKey } from './contract/commands/idempotency-key.ts';
import { readOutcome } from './contract/commands/outcome-request.ts';
import { readCommand } from './contract/commands/request.ts';
import {
  CONSISTENCY_HEADER,
  consistencyToken,
  readConsistency,
} from './contract/consistency-token.ts';
import { conditionalOnContent } from './conditional-read.ts';
import type { Answer } from './http.ts';
import type { CallerHandler, CustomerHandler } from './policy.ts';
import type { Problem } from './problem.ts';

/** A command that was taken, and the revision it is to be seen with. */
export type Taken = {
  readonly view: CustomerView;
  readonly command: CommandDocument;
  readonly revision: number;
};

/** Asks for a command; `fingerprint` is of the whole request. Throws Unavailable. */
export async function take(
  order: {
    readonly view: CustomerView;
    readonly caller: Caller;
    readonly command: Command;
    readonly idempotencyKey: string;
    readonly fingerprint: string;
  },
  app: App,
): Promise<Taken | { readonly problem: Problem }> {
  const requested = await app.commands.request(order);
  switch (requested.kind) {
    case 'taken': {
      const { command, revision } = requested;
      return { view: order.view, command, revision };
    }
    case 'refused':
      return { problem: { kind: 'command-refused', ...requested.refusal } };
    case 'key-reused':
      return { problem: { kind: 'idempotency-key-reused' } };
    case 'running':
      return { problem: { kind: 'command-running' } };
  }
}

/** The header by which a caller reads what it wrote. */
export function consistencyHeader(taken: readonly Taken[]): Readonly<Record<string, string>> {
  const revisions = new Map(taken.map(({ view, revision }) => [view.pk, revision]));
  return { [CONSISTENCY_HEADER]: consistencyToken(revisions) };
}

/** `POST …/customers/{customer}/commands`: 200 for what is done with it, 202 for what the ERP does. */
export const postCustomerCommand: CustomerHandler = async (request, app, { caller, view }) => {
  const key = readIdempotencyKey(request);
  if ('problem' in key) return key;
  const read = readCommand(await request.body());
  if ('problem' in read) return read;
  const command = read.value;
  const fingerprint = app.hash(JSON.stringify(command));
  const taken = await take({ view, caller, command, idempotencyKey: key.value, fingerprint }, app);
  if ('problem' in taken) return taken;
  return {
    status: isMoneyCommand(command) ? 202 : 200,
    headers: consistencyHeader([taken]),
    body: commandAnswer(taken.command),
  };
};

const NOT_FOUND: Answer = { problem: { kind: 'command-not-found' } };

/** `GET /api/commands/{id}`: to those who see its customer. */
export const getCommand: CallerHandler = async (request, app, { caller }) => {
  const least = readConsistency(request);
  if ('problem' in least) return least;
  const place = placeOf(request.params['id'] ?? '');
  const known = place === null ? null : await app.commands.find(place);
  if (place === null || known === null) return NOT_FOUND;
  const { company, customer } = known;
  const view = await openConsistently(company, customer, caller, least.value, app.consistentReads);
  // The same for a customer out of reach as for a command that does not exist.
  if (view === null) return NOT_FOUND;
  if (!view.company.features.workspace) {
    return { problem: { kind: 'feature-off', feature: 'workspace' } };
  }
  const command = least.value.size === 0 ? known : await app.commands.find(place);
  if (command === null) return NOT_FOUND;
  return conditionalOnContent(request, app, { status: 200, body: commandAnswer(command) });
};

/** `POST /api/commands/{id}/outcome`: what the ERP tells; told again it is no error. */
export const postCommandOutcome: CallerHandler = async (request, app) => {
  const told = readOutcome(await request.body());
  if ('problem' in told) return told;
  const place = placeOf(request.params['id'] ?? '');
  if (place === null) return NOT_FOUND;
  const { outcome, documentUrl } = told.value;
  const noted = await app.commands.note(place, outcome, documentUrl);
  switch (noted.kind) {
    case 'noted':
      return { status: 200, body: commandAnswer(noted.command) };
    case 'unknown':
      return NOT_FOUND;
    case 'not-the-erps':
      return { problem: { kind: 'command-not-the-erps' } };
  }
};
