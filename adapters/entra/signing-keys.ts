// The issuer's signing keys: fetched when first needed, kept, and fetched again for a key that is
// not among them. An issuer that is away opens no door: without keys nobody gets in, while tokens
// signed with a known key still do.
import type { LocalJWKSet } from 'jose';
import { Unavailable } from '../../application/ports.ts';
import type { IdentityConfig } from '../config.ts';
import { type Fetch, fetchKeySet } from './issuer-documents.ts';

/** Milliseconds in which keys are not fetched again, whatever tokens come. */
export const COOL_DOWN = 30_000;
export const COOL_DOWN_AFTER_FAILURE = 5_000;
/** Milliseconds after which keys are fetched anew, and after which they are not used any more. */
export const KEYS_FRESH = 10 * 60_000;
export const KEYS_USABLE = 24 * 3_600_000;

export type KeyPorts = {
  readonly fetch: Fetch;
  /** A steady clock in milliseconds. */
  readonly elapsed: () => number;
};

export type FindKey = (...token: Parameters<LocalJWKSet>) => ReturnType<LocalJWKSet>;

/** Finds the key of a token, as jose asks for it. Throws Unavailable. */
export function signingKeys(config: IdentityConfig, ports: KeyPorts): FindKey {
  const keys = new SigningKeys(config, ports);
  return (...token) => keys.find(...token);
}

class SigningKeys {
  readonly #config: IdentityConfig;
  readonly #ports: KeyPorts;
  #known: { readonly find: LocalJWKSet; readonly at: number } | null = null;
  #last: { readonly until: number; readonly error: Unavailable | null } | null = null;
  #loading: Promise<void> | null = null;

  constructor(config: IdentityConfig, ports: KeyPorts) {
    this.#config = config;
    this.#ports = ports;
  }

  async find(...token: Parameters<LocalJWKSet>): ReturnType<LocalJWKSet> {
    const age = this.#known === null ? KEYS_USABLE : this.#ports.elapsed() - this.#known.at;
    if (age >= KEYS_USABLE) await this.#load();
    // Keys that are merely old serve while new ones are fetched, and when they cannot be.
    else if (age >= KEYS_FRESH) void this.#load().catch(() => undefined);
    try {
      return await this.#findKnown(token);
    } catch (error) {
      const { errors } = await import('jose');
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // Signed with a key that is new, or with none of the issuer's.
      await this.#load();
      return this.#findKnown(token);
    }
  }

  #findKnown(token: Parameters<LocalJWKSet>): ReturnType<LocalJWKSet> {
    if (this.#known === null) throw new Error('keys were loaded, and there are none');
    return this.#known.find(...token);
  }

  /** One load at a time, and one in a while: until then the outcome of the last one stands. */
  async #load(): Promise<void> {
    if (this.#last !== null && this.#ports.elapsed() < this.#last.until) {
      if (this.#last.error !== null) throw this.#last.error;
      return;
    }
    this.#loading ??= this.#fetch().finally(() => {
      this.#loading = null;
    });
    await this.#loading;
  }

  async #fetch(): Promise<void> {
    try {
      const { createLocalJWKSet } = await import('jose');
      const find = createLocalJWKSet(await fetchKeySet(this.#config, this.#ports.fetch));
      const at = this.#ports.elapsed();
      this.#known = { find, at };
      this.#last = { until: at + COOL_DOWN, error: null };
    } catch (cause) {
      const error = new Unavailable('issuer', COOL_DOWN_AFTER_FAILURE / 1_000, cause);
      this.#last = { until: this.#ports.elapsed() + COOL_DOWN_AFTER_FAILURE, error };
      throw error;
    }
  }
}
