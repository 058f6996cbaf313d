// New activities, and closing some, from the grid of a company (SPEC §4, §5): commands of the
// customers they are of.
import { openCustomer } from '../application/open-customer.ts';
import type { Command } from '../domain/commands/command.ts';
import { consistencyHeader, take, type Taken } from './commands.ts';
import { commandAnswer } from './contract/answers/command.ts';
import { readIdempotencyKey } from './contract/commands/idempotency-key.ts';
import {
  type ActivityToClose,
  readActivitiesToClose,
  readNewActivity,
} from './contract/commands/request.ts';
import type { Answer } from './http.ts';
import type { CompanyHandler } from './policy.ts';

const CUSTOMER_NOT_FOUND: Answer = { problem: { kind: 'customer-not-found' } };

/** `POST …/activities`: one for a customer of the company. */
export const postActivity: CompanyHandler = async (request, app, { caller, view }) => {
  const key = readIdempotencyKey(request);
  if ('problem' in key) return key;
  const read = readNewActivity(await request.body());
  if ('problem' in read) return read;
  const { customer: name, command } = read.value;
  const customer = await openCustomer(view.company.id, name, caller, app.reads);
  if (customer === null) return CUSTOMER_NOT_FOUND;
  const fingerprint = app.hash(JSON.stringify(command));
  const order = { view: customer, caller, command, idempotencyKey: key.value, fingerprint };
  const taken = await take(order, app);
  if ('problem' in taken) return taken;
  return {
    status: 200,
    headers: consistencyHeader([taken]),
    body: commandAnswer(taken.command),
  };
};

/**
 * `POST …/activities/close`: one or many, each customer's at once. Where one customer's are refused
 * those before it are closed; the same request does the rest once it can.
 */
export const postActivitiesClose: CompanyHandler = async (request, app, { caller, view }) => {
  const key = readIdempotencyKey(request);
  if ('problem' in key) return key;
  const read = readActivitiesToClose(await request.body());
  if ('problem' in read) return read;
  const fingerprint = app.hash(JSON.stringify(read.value));
  const byCustomer = [...Map.groupBy(read.value.map(placed), ({ customer }) => customer)];
  const customers = await Promise.all(
    byCustomer.map(([name]) => openCustomer(view.company.id, name, caller, app.reads)),
  );
  const taken: Taken[] = [];
  for (const [at, [, activities]] of byCustomer.entries()) {
    const customer = customers[at] ?? null;
    // Nothing is begun where a customer is out of reach.
    if (customers.includes(null) || customer === null) return CUSTOMER_NOT_FOUND;
    const command: Command = { type: 'closeActivities', activities };
    const order = { view: customer, caller, command, idempotencyKey: key.value, fingerprint };
    const one = await take(order, app);
    if ('problem' in one) return inRequest(one, activities);
    taken.push(one);
  }
  return {
    status: 200,
    headers: consistencyHeader(taken),
    body: { commands: taken.map(({ command }) => commandAnswer(command)) },
  };
};

type Placed = ActivityToClose & { readonly place: number };

function placed(activity: ActivityToClose, place: number): Placed {
  return { ...activity, place };
}

/** A refusal points into the command of one customer; a caller knows the whole request. */
function inRequest(
  { problem }: Extract<Answer, { readonly problem: unknown }>,
  activities: readonly Placed[],
): Answer {
  if (problem.kind !== 'command-refused') return { problem };
  const pointer = problem.pointer.replace(
    /^\/activities\/(\d+)/,
    (_, index: string) => `/activities/${activities[Number(index)]?.place ?? index}`,
  );
  return { problem: { ...problem, pointer } };
}
