// Ids of what is stored with a customer and asked for alone, such as commands and drafts (SPEC §4):
// opaque, safe in an address, and carrying the partition the thing is stored in.

/** Where a thing is stored: the partition of its customer, and its key within it. */
export type Place = { readonly pk: string; readonly key: string };

/** Characters of an id at most: those of the longest names, whatever they are encoded as. */
const ID_LENGTH_MAX = 4_096;
const KEY = /^[0-9a-f-]{32,36}$/;

/** The id of a place; both parts are plain ASCII. */
export function placedId({ pk, key }: Place): string {
  return btoa(`${pk}|${key}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The place an id names; null for a text that is no id. */
export function placeOf(id: string): Place | null {
  if (id.length > ID_LENGTH_MAX || !/^[\w-]+$/.test(id)) return null;
  const text = asciiOf(id);
  const at = text?.lastIndexOf('|') ?? -1;
  if (text === null || at < 0) return null;
  const [pk, key] = [text.slice(0, at), text.slice(at + 1)];
  const [company = '', customer = '', more] = pk.split('|');
  const isPlace = KEY.test(key) && company !== '' && customer !== '' && more === undefined;
  return isPlace ? { pk, key } : null;
}

function asciiOf(id: string): string | null {
  const base64 = id.replaceAll('-', '+').replaceAll('_', '/');
  try {
    const text = atob(base64);
    // One id for one thing: other spellings of the same bits are none.
    return btoa(text).replaceAll('=', '') === base64 ? text : null;
  } catch {
    return null;
  }
}
