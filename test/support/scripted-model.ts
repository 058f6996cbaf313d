// An endpoint that speaks the protocol of OpenAI over real HTTP, and plays what a test has written
// for it: answers, refusals, filters, failures, and answers that never end.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** What was asked for. */
export type Asked = {
  readonly path: string;
  readonly authorization: string | null;
  readonly apiKey: string | null;
  readonly body: string;
};

/** One answer of the script. */
export type Act = (asked: Asked, response: ServerResponse) => void;

export type ScriptedModel = {
  /** `http://127.0.0.1:1234`. */
  readonly address: string;
  readonly asked: readonly Asked[];
  /** What comes next, in order; the last one is repeated. */
  play(...acts: readonly Act[]): void;
  close(): Promise<void>;
};

/** Starts on a port of this machine. */
export async function scriptedModel(): Promise<ScriptedModel> {
  const asked: Asked[] = [];
  let script: Act[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { headers, url = '' } = request;
    const apiKey = headers['api-key'];
    const said: Asked = {
      path: url,
      authorization: headers.authorization ?? null,
      apiKey: typeof apiKey === 'string' ? apiKey : null,
      body: await text(request),
    };
    asked.push(said);
    const act = script.length > 1 ? script.shift() : script[0];
    if (act === undefined) throw new Error('the script is empty');
    act(said, response);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    asked,
    play(...acts) {
      script = [...acts];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a status and JSON. */
export function says(status: number, body: unknown, headers: Record<string, string> = {}): Act {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** An error as the API says it. */
export function fails(
  status: number,
  error: Record<string, unknown>,
  headers: Record<string, string> = {},
): Act {
  return says(status, { error }, headers);
}

/** A completion with this content. */
export function completes(
  content: string | null,
  choice: Record<string, unknown> = {},
  body: Record<string, unknown> = {},
): Act {
  return says(200, completion(content, choice, body));
}

/** The body of a completion. */
export function completion(
  content: string | null,
  { message, ...choice }: Record<string, unknown> = {},
  body: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_770_000_000,
    model: 'model-of-the-script',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        logprobs: null,
        message: { role: 'assistant', content, refusal: null, ...Object(message) },
        ...choice,
      },
    ],
    usage: { prompt_tokens: 300, completion_tokens: 40, total_tokens: 340 },
    ...body,
  };
}

/** A completion with a text of these sentences. */
export function writes(subject: string | null, ...sentences: readonly string[]): Act {
  return completes(textOf(subject, ...sentences));
}

/** The content of such a completion. */
export function textOf(subject: string | null, ...sentences: readonly string[]): string {
  return JSON.stringify({ subject, sentences: sentences.map((one) => ({ text: one, facts: [] })) });
}

/** Takes the request, and never answers. */
export const neverAnswers: Act = () => {};

/** Begins an answer and goes on no further. */
export function stopsHalfway(body: unknown): Act {
  return (_, response) => {
    const whole = JSON.stringify(body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length });
    response.write(whole.slice(0, whole.length / 2));
  };
}

/** Begins an answer, and the connection is gone. */
export function breaksOffHalfway(body: unknown): Act {
  return (asked, response) => {
    stopsHalfway(body)(asked, response);
    response.socket?.end();
    response.socket?.destroySoon();
  };
}
