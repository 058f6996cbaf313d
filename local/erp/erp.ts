// The sample ERP without its connections: a message in, an answer out. Every message is answered
// once; one that comes again gets the answer it got before.
import { type Announcement, echoOf, readAnnouncement } from './announcement.ts';
import type { Answer, Books } from './books.ts';
import { type ErpCommand, readCommand } from './command.ts';
import { erpEvent, type Occasion } from './erp-event.ts';
import { execute, type Execution } from './execute.ts';
import { type AccountName, Ledger, type LedgerRow } from './ledger.ts';
import { Numbering } from './numbering.ts';
import { type Outcome, rejected } from './outcome.ts';
import { accountKey, type SampleAccount } from './sample-ledger.ts';

/** A command's answer, and the id it is reported under. */
export type CommandAnswer = { readonly command: string; readonly answer: Answer };

const NOTHING: Answer = { events: [], outcome: null };

/** An ERP over its books. */
export class Erp {
  readonly #books: Books;
  readonly #accounts: () => ReadonlyMap<string, SampleAccount>;
  readonly #now: () => number;

  /** `accounts` is what the books began with; `now` is the business clock. */
  constructor(books: Books, accounts: () => ReadonlyMap<string, SampleAccount>, now: () => number) {
    this.#books = books;
    this.#accounts = accounts;
    this.#now = now;
  }

  /** Carries out a command, unless it has been; null for a message that is none. */
  carryOut(message: unknown): CommandAnswer | null {
    const command = readCommand(message);
    if (command === null) return null;
    if ('unreadable' in command) {
      const outcome = { ...rejected('unreadable'), at: this.#at() };
      return { command: command.unreadable, answer: { events: [], outcome } };
    }
    const answer = this.#books.answerTo(command.id) ?? this.#firstAnswer(command);
    return { command: command.id, answer };
  }

  /** Takes over what the workspace announces, unless it has been. */
  takeOver(message: unknown): Answer {
    const announced = readAnnouncement(message);
    if (announced === null) return NOTHING;
    return this.#books.answerTo(announced.id) ?? this.#firstEcho(announced);
  }

  #firstAnswer(command: ErpCommand): Answer {
    const { company, customer } = command.data;
    const begun = this.#accounts().get(accountKey(company, customer));
    const numbering = this.#numbering();
    const { outcome, changes }: Execution =
      begun === undefined
        ? { outcome: rejected('customer-unknown'), changes: [] }
        : execute(command, this.#ledgerOf(begun), numbering);
    const occasion = { company, customer, at: this.#at(), causedBy: command.id };
    return this.#keep(command.id, occasion, changes, outcome, numbering);
  }

  #firstEcho(announced: Announcement): Answer {
    const { company, customer, causedBy } = announced.data;
    const numbering = this.#numbering();
    const begun = this.#accounts().get(accountKey(company, customer));
    const row = begun === undefined ? null : echoOf(announced, this.#ledgerOf(begun), numbering);
    const occasion = { company, customer, at: this.#at(), causedBy };
    return this.#keep(announced.id, occasion, row === null ? [] : [row], null, numbering);
  }

  #keep(
    message: string,
    occasion: Occasion,
    rows: readonly LedgerRow[],
    outcome: Outcome | null,
    numbering: Numbering,
  ): Answer {
    const { company, customer, at } = occasion;
    const answer: Answer = {
      events: rows.map((row) => erpEvent(row, occasion, numbering)),
      outcome: outcome === null ? null : { ...outcome, at },
    };
    const lastNumber = numbering.last;
    this.#books.keep({ message, company, customer, answer, rows, lastNumber });
    return answer;
  }

  #ledgerOf({ account, rows }: { account: AccountName; rows: readonly LedgerRow[] }): Ledger {
    const { company, customer } = account;
    return new Ledger(account, [...rows, ...this.#books.rowsOf(company, customer)]);
  }

  #numbering(): Numbering {
    return new Numbering(this.#books.lastNumber());
  }

  #at(): string {
    return new Date(this.#now()).toISOString();
  }
}
