// A text of which more and more is understood: what was read is covered by a mark of the same
// length, so that nothing is read twice, and what comes later sees what kind of thing stood there.

/** What a covered place was. The marks are characters for private use, which no text may hold. */
export const MARKS = {
  name: '\u{e000}',
  number: '\u{e001}',
  date: '\u{e002}',
  figure: '\u{e003}',
  /** Something that the sheet does not say, and that was found already. */
  refused: '\u{e004}',
} as const;

export type Mark = keyof typeof MARKS;

/** What a text says that its sheet does not. */
export type Finding = {
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

/** A text as far as it is understood, and what was found wrong with it. */
export type Checked = { readonly text: string; readonly findings: readonly Finding[] };

/** What to do with a piece of text: leave it, cover it as understood, or refuse it. */
export type Verdict =
  | { readonly as: 'left' }
  | { readonly as: Exclude<Mark, 'refused'> }
  | { readonly as: 'refused'; readonly kind: Finding['kind'] };

/** Judges every match of a pattern (which has the flag `g`), and covers it as was judged. */
export function judgeMatches(
  checked: Checked,
  pattern: RegExp,
  judge: (match: RegExpExecArray, text: string) => Verdict,
): Checked {
  const findings = [...checked.findings];
  let text = checked.text;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const said = match[0];
    const verdict = judge(match, text);
    if (verdict.as === 'left') {
      // What follows may begin within it.
      pattern.lastIndex = match.index + 1;
      continue;
    }
    if (verdict.as === 'refused') findings.push({ text: said, kind: verdict.kind });
    text = cover(text, match.index, said.length, verdict.as);
  }
  return { text, findings };
}

/** Covers a piece of a text with a mark. */
export function cover(text: string, start: number, length: number, mark: Mark): string {
  return text.slice(0, start) + MARKS[mark].repeat(length) + text.slice(start + length);
}

/** Any mark, as part of a regular expression's class. */
export const ANY_MARK = '\u{e000}-\u{e004}';
