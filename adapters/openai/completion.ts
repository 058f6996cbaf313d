// What became of a completion: a text, or why there is none. Azure OpenAI tells what its filters
// found; where they did not run, what was written was not filtered, and is not shown.
import type {
  ContentFilterResultDetailsForPromptOutput,
  ContentFilterResultsForChoiceOutput,
} from '@azure/openai/types';
import * as z from 'zod';
import type { Generated } from '../../application/text/text-generator.ts';
import { readAnswer } from './written-answer.ts';

type Category =
  | keyof ContentFilterResultsForChoiceOutput
  | keyof ContentFilterResultDetailsForPromptOutput;

/** Where the filters say that they did not run. */
const FAILED = 'error' satisfies Category;
/** What counts though it was not filtered: somebody else speaks to the model. */
const ATTACKS: ReadonlySet<string> = new Set(['jailbreak' satisfies Category, 'indirect_attack']);

const filterResults = z.record(
  z.string(),
  z.union([z.looseObject({ filtered: z.boolean(), detected: z.boolean() }).partial(), z.unknown()]),
);
const completion = z.object({
  model: z.string().min(1).max(200),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        content_filter_results: filterResults.nullish(),
      }),
    )
    .min(1),
  usage: z.object({ total_tokens: z.int().min(0) }).nullish(),
  prompt_filter_results: z
    .array(z.looseObject({ content_filter_results: filterResults.nullish() }))
    .nullish(),
});

/** What an endpoint answered with 200. */
export function outcomeOf(body: unknown): Generated {
  const read = completion.safeParse(body);
  if (!read.success) return { kind: 'malformed' };
  const { model, choices, usage, prompt_filter_results: prompts } = read.data;
  const [choice] = choices;
  if (choice === undefined) return { kind: 'malformed' };
  const { finish_reason: reason, message, content_filter_results: results } = choice;
  const found = [results, ...(prompts ?? []).map((prompt) => prompt.content_filter_results)];
  if (reason === 'content_filter' || found.some(isFiltered)) return { kind: 'filtered' };
  if (message.refusal !== undefined && message.refusal !== null && message.refusal !== '') {
    return { kind: 'refused' };
  }
  // Cut off, or a call of a tool that it does not have.
  if (reason !== 'stop') return { kind: 'malformed' };
  const text = readAnswer(message.content ?? '');
  if (text === null) return { kind: 'malformed' };
  return { kind: 'text', ...text, model, tokens: usage?.total_tokens ?? 0 };
}

type FilterResults = z.infer<typeof filterResults> | null | undefined;

function isFiltered(results: FilterResults): boolean {
  return Object.entries(results ?? {}).some(([category, result]) => {
    if (result === null || result === undefined) return false;
    if (category === FAILED || category === 'content_filter_error') return true;
    const { data } = z
      .object({ filtered: z.boolean().optional(), detected: z.boolean().optional() })
      .safeParse(result);
    return data?.filtered === true || (ATTACKS.has(category) && data?.detected === true);
  });
}
