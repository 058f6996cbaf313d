// JSON from a text that anybody may have sent.

/** The value of a text; undefined when it is no JSON. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The JSON array an opaque text of ours stands for; empty for any other text. */
export function parseOpaqueArray(text: string, lengthMax: number): readonly unknown[] {
  if (text.length > lengthMax) return [];
  const parsed = parseJsonText(Buffer.from(text, 'base64url').toString('utf8'));
  return Array.isArray(parsed) ? parsed : [];
}

/** The opaque text of an array. */
export function opaqueText(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}
