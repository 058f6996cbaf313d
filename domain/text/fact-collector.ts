// Collects the facts of a sheet while its sections are made: each section names its figures by the
// ids this gives.
import type { Day } from '../calendar.ts';
import { plainName, plainNumber } from './plain-words.ts';
import type { Fact, FactId } from './fact-sheet.ts';

/** The facts told so far, in the order they were told. */
export class FactCollector {
  readonly #facts: Fact[] = [];

  get facts(): readonly Fact[] {
    return this.#facts;
  }

  /** An amount in minor units, without its sign. */
  amount(id: FactId, minor: number, currency: string): FactId {
    return this.#put({ id, kind: 'amount', amount: { minor: Math.abs(minor), currency } });
  }

  date(id: FactId, day: Day): FactId {
    return this.#put({ id, kind: 'date', day });
  }

  count(id: FactId, count: number): FactId {
    return this.#put({ id, kind: 'count', count });
  }

  /** A decimal number of percent. */
  percentage(id: FactId, percentage: string): FactId {
    return this.#put({ id, kind: 'percentage', percentage });
  }

  /** A decimal number of days, without its sign. */
  days(id: FactId, days: string): FactId {
    return this.#put({ id, kind: 'days', days: days.replace(/^-/, '') });
  }

  /** The number of a document or an account; null where there is none that a text may say. */
  number(id: FactId, text: string | null): FactId | null {
    const plain = text === null ? null : plainNumber(text);
    return plain === null ? null : this.#put({ id, kind: 'number', text: plain });
  }

  /** A name; null where there is none that a text may say. */
  name(id: FactId, text: string | null): FactId | null {
    const plain = text === null ? null : plainName(text);
    return plain === null ? null : this.#put({ id, kind: 'name', text: plain });
  }

  /** A day and how long ago it was. */
  since(id: FactId, day: Day, asOf: Day): { readonly dueOn: FactId; readonly days: FactId } {
    return { dueOn: this.date(`${id}.dueOn`, day), days: this.days(`${id}.days`, `${asOf - day}`) };
  }

  #put(fact: Fact): FactId {
    if (this.#facts.some(({ id }) => id === fact.id)) throw new Error(`two facts are ${fact.id}`);
    this.#facts.push(fact);
    return fact.id;
  }
}
