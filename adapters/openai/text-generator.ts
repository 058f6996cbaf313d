// Has texts written by a model (SPEC §6). Whatever the other side does ends in a value, by the
// deadline: it is asked again only where that can help and there is time, and left alone while it is
// away. Nothing that was asked or answered is logged.
import { askedToWait, type Breaker } from '../../application/breaker.ts';
import { type Pause, type Random, Unavailable } from '../../application/ports.ts';
import type { Generated, TextGenerator } from '../../application/text/text-generator.ts';
import { outcomeOf } from './completion.ts';
import { type AskFailure, type AskModel, failureOf } from './model-client.ts';
import { type Message, messagesOf, PROMPT_FILES } from './prompt.ts';

/** Times one text is asked for, the first one included. */
export const ASKS_MAX = 3;
/** The pause before it is asked again, in milliseconds, where none was asked for; doubled each time. */
export const PAUSE = 500;
/** Milliseconds an answer takes at the least: with less time left it is not asked again. */
export const ANSWER_MIN = 1_000;
/** Milliseconds before the deadline at which it is given up, so that the answer is there in time. */
const MARGIN = 100;

export type GeneratorPorts = {
  readonly ask: AskModel;
  /** The text of a prompt's file. */
  readonly prompt: (file: string) => Promise<string>;
  /** One for the process. */
  readonly breaker: Breaker;
  readonly pause: Pause;
  readonly random: Random;
  /** Real time, in milliseconds since 1970. */
  readonly now: () => number;
};

/** Writes texts with a model; `isAway` says whether it did not answer when it was last asked. */
export function modelTextGenerator(ports: GeneratorPorts): TextGenerator & { isAway(): boolean } {
  let isAway = false;
  return {
    isAway: () => isAway,
    async generate(request, deadline) {
      const prompt = await ports.prompt(PROMPT_FILES[request.purpose]);
      const generated = await askUntil(deadline - MARGIN, messagesOf(prompt, request), ports);
      isAway = generated.kind === 'unavailable';
      return generated;
    },
  };
}

async function askUntil(
  end: number,
  messages: readonly Message[],
  { ask, breaker, pause, random, now }: GeneratorPorts,
): Promise<Generated> {
  for (let asks = 1; ; asks += 1) {
    const admission = breaker.enter(now());
    const left = end - now();
    if (admission.kind === 'wait') return { kind: 'unavailable' };
    const attempt = await askOnce(messages, Math.max(0, left), ask);
    if (attempt.kind === 'answered') {
      breaker.answered();
      return attempt.generated;
    }
    const { failure } = attempt;
    const because = new Unavailable('ai', failure.retryAfterSeconds, null);
    breaker.failed(admission, because, now());
    const wait = Math.max(PAUSE * 2 ** (asks - 1) * (1 + random()), askedToWait(because));
    if (asks === ASKS_MAX || !isWorthAgain(failure) || now() + wait + ANSWER_MIN > end) {
      return { kind: 'unavailable' };
    }
    await pause(wait);
  }
}

type Attempt =
  | { readonly kind: 'answered'; readonly generated: Generated }
  | { readonly kind: 'failed'; readonly failure: AskFailure };

async function askOnce(
  messages: readonly Message[],
  milliseconds: number,
  ask: AskModel,
): Promise<Attempt> {
  // An answer that stops halfway is over then too.
  const signal = AbortSignal.timeout(milliseconds);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('late')), { once: true });
  });
  try {
    const body = await Promise.race([ask(messages, signal), late]);
    return { kind: 'answered', generated: outcomeOf(body) };
  } catch (error) {
    const failure = failureOf(error);
    const generated = answerOf(failure, error);
    return generated === null ? { kind: 'failed', failure } : { kind: 'answered', generated };
  }
}

/** What an error says of the request alone, so that the endpoint is no worse for it. */
function answerOf({ status, code }: AskFailure, error: unknown): Generated | null {
  if (status === 400 && code === 'content_filter') return { kind: 'filtered' };
  // A body that is no JSON.
  if (error instanceof SyntaxError) return { kind: 'malformed' };
  return null;
}

/** Whether it may go better in a while: not where access is denied, or the request is wrong. */
function isWorthAgain({ status }: AskFailure): boolean {
  return status === null || status === 408 || status === 409 || status === 429 || status >= 500;
}
