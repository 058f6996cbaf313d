// Clears dead letters of what is personal of an erased customer (SPEC §7). A message that can be read
// goes on the queue again with what is left of it, so that no figure is lost; of one that cannot be
// read nobody can tell what is personal, and it goes if it names the customer.
import { canonicalJson, type JsonValue } from '../../domain/json.ts';
import { withoutPersonalData } from '../../domain/personal-data.ts';
import { type HoldPorts, holdWhileUnavailable } from '../hold.ts';
import type { LinkStore } from '../link-store.ts';
import type { DeadLetter, DeadLetters, Fate } from '../ports.ts';
import { linkKey, type SourceRow, type SourceRowsMessage } from '../source-row.ts';
import { erasedBody } from './erased-body.ts';

/** What a dead letter holds, as far as that can be told. */
export type DeadLetterContent =
  | { readonly kind: 'task' }
  | { readonly kind: 'changes'; readonly message: Changes }
  | { readonly kind: 'rows'; readonly message: SourceRowsMessage }
  /** A command: the ERP did not take it, and knows it by its id alone, so it cannot be sent anew. */
  | { readonly kind: 'command'; readonly company: string; readonly customer: string }
  | { readonly kind: 'unreadable'; readonly text: string };

type Changes = {
  readonly company: string;
  readonly customer: string | null;
  readonly changes: readonly JsonValue[];
  readonly isReplay?: boolean;
};

export type ClearDeadLettersPorts = HoldPorts & {
  /** Of every queue that carries anything of customers. */
  readonly deadLetterQueues: readonly Pick<DeadLetters, 'decide'>[];
  readonly readDeadLetter: (body: unknown) => DeadLetterContent;
  readonly links: Pick<LinkStore, 'readLink'>;
};

type Whose = { readonly company: string; readonly customer: string };

const STAYS: Fate = { kind: 'stays' };
const GOES: Fate = { kind: 'goes' };

/** Gives how many dead letters went, or went on. Throws Unavailable. */
export async function clearDeadLetters(
  whose: Whose,
  ports: ClearDeadLettersPorts,
): Promise<number> {
  let cleared = 0;
  for (const queue of ports.deadLetterQueues) {
    const decide = () => queue.decide((letter) => fateOf(letter, whose, ports));
    cleared += await holdWhileUnavailable(decide, ports);
  }
  return cleared;
}

async function fateOf(
  { body }: DeadLetter,
  whose: Whose,
  ports: ClearDeadLettersPorts,
): Promise<Fate> {
  const content = ports.readDeadLetter(body);
  switch (content.kind) {
    case 'task':
      return STAYS;
    case 'changes':
      return fateOfChanges(content.message, whose);
    case 'rows':
      return fateOfRows(content.message, whose, ports);
    case 'command': {
      const { company, customer } = content;
      return company === whose.company && customer === whose.customer ? GOES : STAYS;
    }
    case 'unreadable':
      return names(content.text, whose.customer) ? GOES : STAYS;
  }
}

function fateOfChanges(message: Changes, { company, customer }: Whose): Fate {
  if (message.company !== company || message.customer !== customer) return STAYS;
  const changes = message.changes.flatMap((change) => erasedBody(change) ?? []);
  if (changes.length === 0) return GOES;
  const isClear = canonicalJson(changes) === canonicalJson(message.changes);
  return isClear ? STAYS : { kind: 'again', body: { ...message, changes } };
}

async function fateOfRows(
  message: SourceRowsMessage,
  whose: Whose,
  ports: ClearDeadLettersPorts,
): Promise<Fate> {
  let isClear = true;
  const rows: SourceRow[] = [];
  for (const row of message.rows) {
    const left = (await isTheirs(row, whose, ports)) ? rowWithoutPersonalData(row) : row;
    isClear &&= canonicalJson(left.told?.row ?? null) === canonicalJson(row.told?.row ?? null);
    rows.push(left);
  }
  return isClear ? STAYS : { kind: 'again', body: { ...message, rows } };
}

/** Whether a row names the customer, or is found by a link that leads to erased ones alone. */
async function isTheirs(
  { source, told }: SourceRow,
  { company, customer }: Whose,
  { links, ...ports }: ClearDeadLettersPorts,
): Promise<boolean> {
  if (told === null) return false;
  const { place } = told.target;
  if (place.company === company && place.customer === customer) return true;
  const { link } = place;
  if (link === null) return false;
  const stored = await holdWhileUnavailable(() => links.readLink(linkKey(source, link)), ports);
  const holders = stored?.document.holders ?? [];
  return holders.length > 0 && holders.every(({ erased }) => erased === true);
}

function rowWithoutPersonalData(row: SourceRow): SourceRow {
  const { told } = row;
  if (told === null || told.row === null) return row;
  return {
    ...row,
    told: { ...told, row: withoutPersonalData(told.target.entity, told.row) },
  };
}

/** Whether a text has the customer's account in it, not as a part of a longer one. */
function names(text: string, customer: string): boolean {
  const parts = text.split(customer);
  return parts.some((before, index) => {
    const after = parts[index + 1];
    return after !== undefined && !/[\w-]$/.test(before) && !/^[\w-]/.test(after);
  });
}
