// What a model answers with: the schema it is held to, and the reading of what came, which is not
// trusted to keep to it.
import * as z from 'zod';
import type { Generated } from '../../application/text/text-generator.ts';

/** Characters of an answer that are looked at; no text is nearly as long. */
const ANSWER_LENGTH_MAX = 64_000;

/** The schema of structured outputs: every field required, none besides. */
export const ANSWER_FORMAT = {
  type: 'json_schema',
  json_schema: {
    name: 'text',
    strict: true,
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['subject', 'sentences'],
      properties: {
        subject: { type: ['string', 'null'] },
        sentences: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['text', 'facts'],
            properties: {
              text: { type: 'string' },
              facts: { type: 'array', items: { type: 'string' } },
            },
          },
        },
      },
    },
  },
} as const;

const answer = z.object({
  subject: z.string().nullish(),
  sentences: z.array(z.object({ text: z.string(), facts: z.array(z.string()) })).min(1),
});

type Text = Pick<Extract<Generated, { kind: 'text' }>, 'subject' | 'sentences'>;

/** The text of an answer; null when it is none. */
export function readAnswer(content: string): Text | null {
  if (content.length > ANSWER_LENGTH_MAX) return null;
  const read = answer.safeParse(parseJson(content));
  if (!read.success) return null;
  const { subject, sentences } = read.data;
  return { subject: subject ?? null, sentences };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
