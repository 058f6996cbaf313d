// The settings of host.json that the embedded host honours. An unknown one is ignored, as the
// real host does; one that cannot be read stops the start.
import { availableParallelism } from 'node:os';

/** `extensions.serviceBus` of host.json; durations in milliseconds. */
export type ServiceBusSettings = {
  readonly autoCompleteMessages: boolean;
  readonly maxConcurrentSessions: number;
  readonly maxConcurrentCalls: number;
  /** Counted from when a session was accepted (azure-sdk-for-net #35267). */
  readonly maxAutoLockRenewalDuration: number;
  readonly sessionIdleTimeout: number;
};

export type HostSettings = {
  readonly routePrefix: string;
  readonly serviceBus: ServiceBusSettings;
};

/** `[d.]hh:mm:ss[.fff]`, as .NET writes a duration. */
const DURATION = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/;

/** Milliseconds of a duration; null when it is not one. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1, 5)
    .map((digits) => Number(digits ?? 0));
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const fraction = Number(`0.${match[5] ?? '0'}`);
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds + fraction) * 1_000);
}

/** The settings, with the real host's defaults; throws naming the setting that is wrong. */
export function readHostSettings(json: unknown): HostSettings {
  const root = new Section('host.json', json);
  if (root.text('version', '') !== '2.0') throw new Error('host.json: version must be "2.0"');
  const extensions = root.section('extensions');
  const http = extensions.section('http');
  const serviceBus = extensions.section('serviceBus');
  if (serviceBus.count('maxConcurrentCallsPerSession', 1) !== 1) {
    throw new Error('host.json: the embedded host has maxConcurrentCallsPerSession 1 only');
  }
  return {
    routePrefix: http.text('routePrefix', 'api'),
    serviceBus: {
      autoCompleteMessages: serviceBus.flag('autoCompleteMessages', true),
      maxConcurrentSessions: serviceBus.count('maxConcurrentSessions', 8),
      maxConcurrentCalls: serviceBus.count('maxConcurrentCalls', 16 * availableParallelism()),
      maxAutoLockRenewalDuration: serviceBus.duration('maxAutoLockRenewalDuration', '00:05:00'),
      sessionIdleTimeout: serviceBus.duration('sessionIdleTimeout', '00:01:00'),
    },
  };
}

/** An object of host.json whose members are read by type. */
class Section {
  readonly #name: string;
  readonly #members: ReadonlyMap<string, unknown>;

  constructor(name: string, json: unknown) {
    if (json !== undefined && (typeof json !== 'object' || json === null)) {
      throw new Error(`${name} must be an object`);
    }
    this.#name = name;
    this.#members = new Map(Object.entries(json ?? {}));
  }

  section(name: string): Section {
    return new Section(`${this.#name}: ${name}`, this.#members.get(name));
  }

  text(name: string, absent: string): string {
    const value = this.#members.get(name) ?? absent;
    return typeof value === 'string' ? value : this.#refuse(name, 'a text');
  }

  flag(name: string, absent: boolean): boolean {
    const value = this.#members.get(name) ?? absent;
    return typeof value === 'boolean' ? value : this.#refuse(name, 'true or false');
  }

  count(name: string, absent: number): number {
    const value = this.#members.get(name) ?? absent;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
    return this.#refuse(name, 'a whole number from 1');
  }

  duration(name: string, absent: string): number {
    return parseDuration(this.text(name, absent)) ?? this.#refuse(name, 'a duration hh:mm:ss');
  }

  #refuse(name: string, expected: string): never {
    throw new Error(`${this.#name}: ${name} must be ${expected}`);
  }
}
