// Telemetry as the settings have it. Where they name nobody nothing is loaded. Else the libraries,
// which are larger than the app, are loaded beside the start, and what the app does waits for them:
// the first request of a process is the one that an operator wants to see. That they cannot be
// loaded or reached fails nothing.
import { type Attributes, NO_TELEMETRY, type Telemetry } from '../../application/telemetry.ts';
import type { TelemetryConfig } from '../telemetry-config.ts';
import { type Shutdown, startExporter } from './exporters.ts';
import { type LoggingTelemetry, type LogLevel, openTelemetry } from './open-telemetry.ts';

/** How long a process that ends waits for the last of it to be taken, in milliseconds. */
const CLOSE_MAX = 3_000;

/** The telemetry of a process. */
export type AppTelemetry = LoggingTelemetry & {
  /** Resolves when it is loaded, or cannot be. */
  ready(): Promise<void>;
  /** Sends what is left, if that does not take too long. */
  close(): Promise<void>;
};

/** Told of what keeps telemetry from working. */
export type Warn = (message: string) => void;

/** Telemetry to where the settings say; null for nowhere. */
export function configuredTelemetry(
  config: TelemetryConfig | null,
  warn: Warn,
  start: typeof startExporter = startExporter,
): AppTelemetry {
  if (config !== null) return new LateTelemetry(() => start(config), warn);
  return {
    ...NO_TELEMETRY,
    log: () => undefined,
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

type Loaded = { readonly telemetry: LoggingTelemetry; readonly shutdown: Shutdown };

class LateTelemetry implements AppTelemetry {
  readonly isOn = true;
  readonly #warn: Warn;
  readonly #loading: Promise<void>;
  #loaded: Loaded | null = null;

  constructor(start: () => Promise<Shutdown>, warn: Warn) {
    this.#warn = warn;
    this.#loading = this.#load(start);
  }

  ready(): Promise<void> {
    return this.#loading;
  }

  measure(...measurement: Parameters<Telemetry['measure']>): void {
    this.#telemetry.measure(...measurement);
  }

  span<T>(...started: Parameters<typeof NO_TELEMETRY.span<T>>): Promise<T> {
    return this.#telemetry.span(...started);
  }

  current(): ReturnType<Telemetry['current']> {
    return this.#telemetry.current();
  }

  log(level: LogLevel, message: string, attributes: Attributes): void {
    this.#loaded?.telemetry.log(level, message, attributes);
  }

  async close(): Promise<void> {
    await this.#loading;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, CLOSE_MAX).unref();
    try {
      await Promise.race([this.#loaded?.shutdown(), late]);
    } catch {
      this.#warn('the last telemetry was not taken');
    }
  }

  get #telemetry(): Telemetry {
    return this.#loaded?.telemetry ?? NO_TELEMETRY;
  }

  async #load(start: () => Promise<Shutdown>): Promise<void> {
    try {
      const [shutdown, api, logs] = await Promise.all([
        start(),
        import('@opentelemetry/api'),
        import('@opentelemetry/api-logs'),
      ]);
      this.#loaded = { telemetry: openTelemetry(api, logs), shutdown };
    } catch (error) {
      this.#warn(`there is no telemetry: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
}
