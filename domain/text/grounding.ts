// What a generated text says that its fact sheet does not (SPEC §6, grounding check).

/** One thing a sentence says that the sheet does not; `text` is the piece that says it. */
export type Violation = {
  /** Index of the text among those checked. */
  readonly sentence: number;
  readonly text: string;
  readonly kind:
    | 'amount'
    | 'date'
    | 'count'
    | 'percentage'
    | 'number'
    | 'name'
    | 'language'
    | 'link';
};
