// What a schedule found wrong.

/** Thrown where what happened is not what must happen; its message is what a reader needs. */
export class Divergence extends Error {
  readonly kind: string;

  constructor(kind: string, detail: string) {
    super(`${kind}: ${detail}`);
    this.name = 'Divergence';
    this.kind = kind;
  }
}

/** Two values on one line each, as far as they can be told. */
export function difference(actual: unknown, expected: unknown): string {
  return `is ${textOf(actual)}, must be ${textOf(expected)}`;
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one));
}
