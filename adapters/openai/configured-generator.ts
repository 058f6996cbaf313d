// The model of the settings, loaded when the first text is asked for: most instances never write one,
// and none needs it to start.
import { Breaker } from '../../application/breaker.ts';
import type { Pause, Random } from '../../application/ports.ts';
import type { TextGenerator } from '../../application/text/text-generator.ts';
import type { AiConfig } from '../ai-config.ts';
import { platformCredential } from '../credential.ts';

type Ports = {
  /** The text of a prompt's file. */
  readonly prompt: (file: string) => Promise<string>;
  readonly pause: Pause;
  readonly random: Random;
  /** Real time, in milliseconds since 1970. */
  readonly now: () => number;
};

/** A generator, and how its model is: as it was when it was last asked, since asking costs money. */
export type ConfiguredGenerator = TextGenerator & { state(): 'ok' | 'error' };

/** The generator of the settings; null where they name no model. */
export function configuredGenerator(
  config: AiConfig | null,
  ports: Ports,
): ConfiguredGenerator | null {
  if (config === null) return null;
  let loading: ReturnType<typeof load> | null = null;
  let isAway = () => false;
  return {
    state: () => (isAway() ? 'error' : 'ok'),
    async generate(request, deadline) {
      loading ??= load(config, ports);
      const generator = await loading;
      isAway = () => generator.isAway();
      return generator.generate(request, deadline);
    },
  };
}

async function load(config: AiConfig, ports: Ports) {
  const [{ modelClient }, { modelTextGenerator }] = await Promise.all([
    import('./model-client.ts'),
    import('./text-generator.ts'),
  ]);
  const ask = modelClient(config, platformCredential);
  // Of its own: texts do without a model, changes do not do without a store.
  return modelTextGenerator({ ...ports, ask, breaker: new Breaker() });
}
