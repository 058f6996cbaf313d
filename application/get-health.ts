// Liveness and the state of each dependency (SPEC §4): says that something is wrong, not why.
import { Unavailable } from './ports.ts';

/** Messages waiting and dead, counted up to a bound. */
export type QueueDepth = { readonly active: number; readonly deadLetter: number };

/** What health asks; each throws Unavailable when the dependency does not answer. */
export type Probes = {
  cosmos(): Promise<void>;
  queueDepths(): Promise<Readonly<Record<string, QueueDepth>>>;
  /** Of the model that writes texts, as it was when it was last asked: asking costs money. */
  ai(): 'off' | 'ok' | 'error';
};

export type DependencyState = 'ok' | 'error';

export type Health = {
  readonly status: 'ok' | 'degraded';
  readonly dependencies: {
    readonly cosmos: DependencyState;
    readonly serviceBus: DependencyState;
    /** `off`: no model is configured; `error`: it did not answer. Texts are templates then. */
    readonly ai: 'off' | DependencyState;
  };
  readonly queues: Readonly<Record<string, QueueDepth>>;
};

/** Asks every dependency; never throws for one that does not answer. */
export async function getHealth(probes: Probes): Promise<Health> {
  const [cosmos, depths] = await Promise.all([
    answerOf(probes.cosmos()),
    answerOf(probes.queueDepths()),
  ]);
  const ai = probes.ai();
  const ok = cosmos !== 'unavailable' && depths !== 'unavailable' && ai !== 'error';
  return {
    status: ok ? 'ok' : 'degraded',
    dependencies: {
      cosmos: cosmos === 'unavailable' ? 'error' : 'ok',
      serviceBus: depths === 'unavailable' ? 'error' : 'ok',
      ai,
    },
    queues: depths === 'unavailable' ? {} : depths,
  };
}

async function answerOf<T>(probe: Promise<T>): Promise<T | 'unavailable'> {
  try {
    return await probe;
  } catch (error) {
    if (error instanceof Unavailable) return 'unavailable';
    throw error;
  }
}
