// What goes on in a schedule: calls that wait for an answer, effects on their way, the time. The
// production code runs unchanged; it only waits for promises, and each is answered here, in an
// order and in a way drawn from the seed. Nothing waits for real.
import { Unavailable } from '../../application/ports.ts';
import type { Random } from './random.ts';
import { CALM, type Weather } from './weather.ts';

/** Something that runs code and can die: an instance of the app. Its calls die with it. */
export type Process = { readonly name: string; alive: boolean };

/** How a call can come out besides well; `refusal` answers what a lost race would be told. */
export type Menu<T> = {
  readonly dependency: 'cosmos' | 'serviceBus';
  readonly refusal?: T;
};

type Outcome = 'ok' | 'refused' | 'lost reply' | 'late' | 'conflict' | 'conflict after landing';

type Call = {
  readonly process: Process;
  readonly label: string;
  readonly readyAt: number;
  readonly dependency: Menu<unknown>['dependency'] | null;
  readonly canConflict: boolean;
  readonly finish: (outcome: Outcome) => void;
  /** Does its work with nobody left to hear of it. */
  readonly land: () => void;
};

/** Faults by kind: what the report counts. */
export type Faults = Map<string, number>;

const RETRY_AFTER_SECONDS = 2;

export class World {
  /** A steady clock in milliseconds since the schedule began. */
  now = 0;
  weather: Weather;
  readonly random: Random;
  readonly faults: Faults = new Map();
  readonly trace: string[] | null;
  steps = 0;
  /** What the business clock is off by, set by clock jumps. */
  skew = 0;
  #calls: Call[] = [];
  /** Effects of calls whose callers gave up or died. */
  #landing: Call[] = [];

  constructor(random: Random, weather: Weather, traced: boolean) {
    this.random = random;
    this.weather = weather;
    this.trace = traced ? [] : null;
  }

  /** A call that does `effect` at some moment and is answered then, or is not. */
  call<T>(
    process: Process,
    label: string,
    menu: Menu<T>,
    effect: () => T | Promise<T>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const unavailable = () =>
        reject(new Unavailable(menu.dependency, RETRY_AFTER_SECONDS, new Error('simulated')));
      const work = async () => effect();
      const land = () => void work().catch(() => {});
      const finish = (outcome: Outcome) => {
        switch (outcome) {
          case 'ok':
            void work().then(resolve, reject);
            return;
          case 'lost reply':
            land();
            unavailable();
            return;
          case 'refused':
          case 'late':
            unavailable();
            return;
          case 'conflict after landing':
          case 'conflict':
            if (outcome === 'conflict after landing') land();
            if (menu.refusal === undefined) unavailable();
            else resolve(menu.refusal);
            return;
        }
      };
      const { dependency } = menu;
      const canConflict = menu.refusal !== undefined;
      this.#calls.push({
        process,
        label,
        readyAt: this.now,
        dependency,
        canConflict,
        finish,
        land,
      });
    });
  }

  /** A pause in simulated time. */
  pause(process: Process, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const readyAt = this.now + Math.max(0, milliseconds);
      const land = () => {};
      const finish = () => resolve();
      const call = { process, label: 'pause', readyAt, dependency: null, canConflict: false };
      this.#calls.push({ ...call, finish, land });
    });
  }

  /** Ends a process: of its calls some have done their work, some will yet, some never. */
  kill(process: Process): void {
    process.alive = false;
    const [own, others]: [Call[], Call[]] = [[], []];
    for (const call of this.#calls) (call.process === process ? own : others).push(call);
    this.#calls = others;
    for (const call of own) {
      const fate = this.random.pick(['never', 'now', 'later']);
      this.note(`${call.label} of the dead lands ${fate}`);
      if (fate === 'now') call.land();
      if (fate === 'later') this.#landing.push(call);
    }
  }

  /** Answers one call that is due, or lets an orphaned effect land; false when nothing is due. */
  answerOne(): boolean {
    if (this.#landing.length > 0 && this.random.chance(0.2)) return this.#landOne();
    const due = this.#takeDue();
    if (due === null) return this.#landing.length > 0 && this.#landOne();
    const outcome = this.#outcomeOf(due);
    this.note(`${due.process.name} ${due.label}: ${outcome}`);
    if (outcome !== 'ok') this.count(outcome);
    due.finish(outcome);
    if (outcome === 'late') this.#landing.push(due);
    return true;
  }

  /** When the next call falls due; Infinity when none waits. */
  nextDue(): number {
    return this.#calls.reduce((next, { readyAt }) => Math.min(next, readyAt), Infinity);
  }

  isQuiet(): boolean {
    return this.#calls.length === 0 && this.#landing.length === 0;
  }

  isOutage(): boolean {
    const { outage } = this.weather;
    return outage !== null && this.now >= outage.from && this.now < outage.until;
  }

  /** No more faults from here on. */
  calmDown(): void {
    this.weather = CALM;
    this.note('the faults end');
  }

  note(line: string): void {
    this.trace?.push(`${String(this.now).padStart(9)} ${line}`);
  }

  count(fault: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }

  #landOne(): boolean {
    const [call] = this.#landing.splice(this.random.integer(0, this.#landing.length - 1), 1);
    if (call === undefined) return false;
    this.note(`${call.process.name} ${call.label} lands late`);
    call.land();
    return true;
  }

  #takeDue(): Call | null {
    const { length } = this.#calls;
    if (length === 0) return null;
    const start = this.random.integer(0, length - 1);
    for (let offset = 0; offset < length; offset += 1) {
      const index = (start + offset) % length;
      const call = this.#calls[index];
      if (call === undefined || call.readyAt > this.now) continue;
      this.#calls.splice(index, 1);
      return call;
    }
    return null;
  }

  #outcomeOf({ dependency, canConflict }: Call): Outcome {
    const { random, weather } = this;
    if (dependency === null) return 'ok';
    if (dependency === 'serviceBus') {
      if (!random.chance(weather.sendFails)) return 'ok';
      return random.pick(['refused', 'lost reply', 'late']);
    }
    if (this.isOutage()) return 'refused';
    if (random.chance(weather.refused)) return 'refused';
    if (random.chance(weather.lostReply)) return 'lost reply';
    if (random.chance(weather.late)) return 'late';
    if (!canConflict || !random.chance(weather.conflict)) return 'ok';
    return random.pick(['conflict', 'conflict after landing']);
  }
}
