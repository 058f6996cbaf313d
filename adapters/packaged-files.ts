// Text files that are deployed with the bundle, in a folder beside it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Reads a file of the folder when it is first asked for; throws for one that was not deployed. */
export function packagedFiles(folder: string): (name: string) => Promise<string> {
  const texts = new Map<string, string>();
  return async (name) => {
    const text = texts.get(name) ?? (await readFile(join(folder, name), 'utf8'));
    texts.set(name, text);
    return text;
  };
}
