// Asking a scripted model through the real adapter, and the real library.
import { Breaker } from '../../application/breaker.ts';
import type { TextRequest } from '../../application/text/text-generator.ts';
import type { AiConfig } from '../../adapters/ai-config.ts';
import { modelClient } from '../../adapters/openai/model-client.ts';
import { modelTextGenerator } from '../../adapters/openai/text-generator.ts';
import { packagedFiles } from '../../adapters/packaged-files.ts';
import { SHEET } from '../grounding/small-sheet.ts';
import type { ScriptedModel } from './scripted-model.ts';

/** The folder of the prompts. */
export const PROMPTS = `${import.meta.dirname}/../../adapters/openai/prompts`;
/** Milliseconds a text may take where the model is there. */
export const IN_TIME = 10_000;
/** Sentences that the sheet of the request says too. */
export const GOOD = ['The balance is USD 1,234.50.', 'Of it, 3 invoices are overdue.'];
export const REQUEST: TextRequest = {
  purpose: 'summary',
  language: 'en',
  tone: null,
  sheet: SHEET,
  violations: [],
};

/** The settings by which a scripted model is reached. */
export function configOf(kind: AiConfig['kind'], { address }: ScriptedModel): AiConfig {
  switch (kind) {
    case 'azure':
      return {
        kind,
        endpoint: address,
        model: 'writer',
        apiVersion: '2024-10-21',
        clientId: 'identity-1',
      };
    case 'compatible':
      return { kind, baseUrl: `${address}/v1`, model: 'small', apiKey: 'key-1' };
  }
}

/** An identity: its token, or null where it has none. */
export function identity(token: string | null) {
  return () => ({
    getToken: () =>
      Promise.resolve(token === null ? null : { token, expiresOnTimestamp: Infinity }),
  });
}

/** The generator of a scripted model, and the pauses it made. */
export function generatorOf(
  kind: AiConfig['kind'],
  model: ScriptedModel,
  { token = 'token-1', now = Date.now }: { token?: string | null; now?: () => number } = {},
) {
  const pauses: number[] = [];
  const generator = modelTextGenerator({
    ask: modelClient(configOf(kind, model), identity(token)),
    prompt: packagedFiles(PROMPTS),
    breaker: new Breaker(),
    pause: async (milliseconds) => void pauses.push(milliseconds),
    random: () => 0,
    now,
  });
  return { ...generator, pauses };
}
