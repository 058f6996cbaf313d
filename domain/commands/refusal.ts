// Why a command is refused: the rule it breaks, where in its body, and a sentence to act on.

/** The rules; their names are part of the API. */
export const COMMAND_RULES = [
  'not-found',
  'source-ambiguous',
  'already-closed',
  'currency-differs',
  'named-twice',
  'already-pending',
  'not-open',
  'not-a-payment',
  'already-canceled',
  'not-a-debit',
  'not-a-credit',
  'amount-precision',
  'exceeds-open',
  'offset-amount-required',
  'offset-amount-differs',
  'nothing-to-settle',
  'nothing-to-write-off',
  'date-in-future',
  'date-too-early',
  'not-an-invoice',
  'not-posted',
  'statement-window',
  'too-many-pending',
] as const;
export type CommandRule = (typeof COMMAND_RULES)[number];

export type Refusal = {
  readonly rule: CommandRule;
  /** A JSON pointer into the body of the request. */
  readonly pointer: string;
  /** Without anything a customer or user wrote. */
  readonly detail: string;
};

/** Something, or the rule that stood against it. */
export type Checked<T> = { readonly value: T } | { readonly refusal: Refusal };

/** A refusal, as the outcome it is. */
export function refused(
  rule: CommandRule,
  pointer: string,
  detail: string,
): { readonly refusal: Refusal } {
  return { refusal: { rule, pointer, detail } };
}
