// The client of the model's endpoint: Azure OpenAI with a managed identity, or any endpoint that
// speaks its protocol, with a key. The library is loaded when the first text is asked for: most
// instances never write one.
import type { TokenCredential } from '@azure/identity';
import type { AiConfig } from '../ai-config.ts';
import type { Message } from './prompt.ts';
import { ANSWER_FORMAT } from './written-answer.ts';

/** Tokens an answer may have; what a model thinks before it writes counts too. */
const ANSWER_TOKENS_MAX = 4_000;
const SCOPE = 'https://cognitiveservices.azure.com/.default';

/** Asks the model; resolves to the body of its answer, rejects with an error of {@link failureOf}. */
export type AskModel = (messages: readonly Message[], signal: AbortSignal) => Promise<unknown>;

/** How an ask failed: what the endpoint said, and nothing of what it was asked. */
export type AskFailure = {
  /** Null where there was no answer. */
  readonly status: number | null;
  /** The machine's code of the error, as `content_filter`. */
  readonly code: string | null;
  readonly retryAfterSeconds: number | null;
};

/** The way to the model of the settings; `credential` is for Azure OpenAI. */
export function modelClient(
  config: AiConfig,
  credential: (clientId: string | null) => TokenCredential,
): AskModel {
  let client: ReturnType<typeof connect> | null = null;
  return async (messages, signal) => {
    client ??= connect(config, credential);
    const { chat } = await client;
    return chat.completions.create(
      {
        model: config.model,
        messages: messages.map(({ role, content }) => ({ role, content })),
        response_format: structuredClone(ANSWER_FORMAT),
        max_completion_tokens: ANSWER_TOKENS_MAX,
      },
      // Whoever asks decides when to ask again.
      { signal, maxRetries: 0 },
    );
  };
}

async function connect(config: AiConfig, credential: (clientId: string | null) => TokenCredential) {
  const { AzureOpenAI, OpenAI } = await import('openai');
  // Given one by one, so that the library does not look for them in the environment.
  const options = {
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
  } as const;
  switch (config.kind) {
    case 'azure': {
      const identity = credential(config.clientId);
      return new AzureOpenAI({
        ...options,
        endpoint: config.endpoint,
        baseURL: null,
        apiVersion: config.apiVersion,
        deployment: config.model,
        azureADTokenProvider: async () => {
          const token = await identity.getToken(SCOPE);
          if (token === null) throw new Error('no token for the model');
          return token.token;
        },
      });
    }
    case 'compatible':
      return new OpenAI({ ...options, baseURL: config.baseUrl, apiKey: config.apiKey });
  }
}

/** What an error of the library says. */
export function failureOf(error: unknown): AskFailure {
  const { status, code, headers } = Object(error);
  const retryAfter = headers instanceof Headers ? headers.get('retry-after') : null;
  return {
    status: typeof status === 'number' ? status : null,
    code: typeof code === 'string' ? code : null,
    retryAfterSeconds: secondsOf(retryAfter),
  };
}

function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null || !/^\d{1,5}(?:\.\d+)?$/.test(retryAfter)) return null;
  return Number(retryAfter);
}
