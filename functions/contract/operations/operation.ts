// What a route takes and gives, as the OpenAPI document tells it. What every route with the same
// policy has in common (sign-in, who is not found, what is away) is added from its row in the table
// of triggers.
import type * as z from 'zod';
import type { JsonObject } from '../../../domain/json.ts';
import type { Problem } from '../../problem.ts';

/** The groups of the human page, in its order, each with what it holds. */
export const TAGS = {
  Feed: 'The ERP tells changes; every change gets a receipt.',
  User: 'Who is signed in, and what there is to work with.',
  Lists: 'The landing page of a company: its parts in one call, and each as a grid of its own.',
  Customer: 'One customer: what it owes, by age, in detail, at any date.',
  Commands: 'What coordinators have done: at once what is ours, by the ERP what is about money.',
  Texts: 'Texts that AI writes from checked figures: summaries, and emails that remind of debts.',
  Operations: 'Whether it works, what it could not apply, rebuilding, and this description.',
} as const;
export type Tag = keyof typeof TAGS;

/** A parameter of the query, or a header; its schema in JSON Schema. */
export type Parameter = {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject;
  readonly required?: true;
};

/** A body by media type: JSON by its schema, anything else as a text that is described in words. */
export type Content = Readonly<Record<string, z.ZodType | { readonly text: string }>>;

export type Body = {
  readonly description: string;
  readonly content: Content;
  /** Headers of an answer, each with what it tells. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type Operation = {
  readonly tag: Tag;
  readonly summary: string;
  readonly description: string;
  readonly query?: readonly Parameter[];
  /** Headers of a request, but those that come with its policy. */
  readonly headers?: readonly Parameter[];
  readonly body?: Body;
  readonly answers: { readonly [Status in 200 | 201 | 202]?: Body };
  /** Answers with an ETag, and 304 to a caller who has it. */
  readonly conditional?: true;
  /** Besides those of the policy and, with a query, `invalid-parameter`. */
  readonly problems?: readonly Problem['kind'][];
};

/** A JSON answer. */
export function json(description: string, schema: z.ZodType): Body {
  return { description, content: { 'application/json': schema } };
}

/** A grid: as JSON, or as comma-separated values, which tell the next page in a header. */
export function grid(description: string, schema: z.ZodType): Body {
  const text = 'RFC 4180: a line with the names of the columns, then a line an item.';
  return {
    description,
    content: { 'application/json': schema, 'text/csv': { text } },
    headers: {
      'next-cursor': 'With `text/csv`: the cursor of the next page; absent on the last.',
    },
  };
}
