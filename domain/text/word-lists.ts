// Whether a word with a capital letter is an ordinary one, by the lists of its language.
import { ENGLISH_OPENERS, ENGLISH_TITLES } from './english-words.ts';
import type { Language } from './fact-sheet.ts';
import { GERMAN_EVERYDAY_NOUNS, GERMAN_EVERYDAY_OPENERS } from './german-everyday-words.ts';
import { GERMAN_NOUNS, GERMAN_OPENERS, GERMAN_WORDS } from './german-words.ts';

const words = (list: string) => new Set(list.split(/\s+/).filter((word) => word !== ''));
const englishOpeners = words(ENGLISH_OPENERS);
const englishTitles = words(ENGLISH_TITLES);
const germanNouns = words(GERMAN_NOUNS + GERMAN_EVERYDAY_NOUNS);
const germanWords = words(GERMAN_WORDS);
const germanOpeners = words(GERMAN_OPENERS + GERMAN_EVERYDAY_OPENERS);

/** Where a word with a capital letter stands. */
export type Place = 'opening' | 'inside' | 'title';

/** Whether such a word, in lower case, may stand there with a capital letter, and name nobody. */
export function isOrdinary(word: string, place: Place, language: Language): boolean {
  switch (language) {
    case 'en':
      return place === 'inside' ? isEnglish(word, englishTitles) : isEnglish(word, englishOpeners);
    case 'de':
      return (
        germanWords.has(word) || isGermanNoun(word) || (place !== 'inside' && isGermanOpener(word))
      );
  }
}

/** Names that end like adverbs are shorter. */
const ADVERB = /^\p{Ll}{7,}ly$/u;

function isEnglish(word: string, known: ReadonlySet<string>): boolean {
  if (known.has(word) || englishTitles.has(word) || ADVERB.test(word)) return true;
  const stems = [
    word.replace(/(?:'s|’s|n['’]t|['’](?:re|ve|ll|d|m))$/, ''),
    word.replace(/s$/, ''),
    word.replace(/ies$/, 'y'),
    word.replace(/(?:ed|ing|es)$/, ''),
    word.replace(/(?:d|ing)$/, 'e').replace(/ee$/, 'e'),
    word.replace(/ly$/, ''),
    word.replace(/^(?:un|re|non-?|over|under)/, ''),
  ];
  return stems.some((stem) => stem !== word && stem.length > 1 && known.has(stem));
}

/** Endings that make a noun of almost any word, and names of almost none. */
const MADE_NOUN = /^.{3,}(?:[^j]ung|heit|keit|ität|schaft|tion|ierung|barkeit|losigkeit)(?:en|s)?$/;
const NAMES_LIKE_NOUNS = /^(?:hartung|hornung|jung|amsung|samsung|freiheit|botschaft)$/;
const NOUN_ENDINGS = /^(?:e|n|s|en|es|er|ern|nen|e?ns?)?$/;
const JOINTS = ['', 's', 'n', 'en', 'es', 'e', '-'];
const PARTS_MAX = 4;

function isGermanNoun(word: string, parts = 1): boolean {
  if (isSimpleNoun(word)) return true;
  if (parts === PARTS_MAX) return false;
  for (let at = 3; at <= word.length - 3; at += 1) {
    const head = word.slice(0, at);
    if (!germanNouns.has(head) && !isPrefix(head)) continue;
    const tail = word.slice(at);
    for (const joint of JOINTS) {
      if (tail.startsWith(joint) && isGermanNoun(tail.slice(joint.length), parts + 1)) return true;
    }
  }
  return false;
}

/** What may stand before a noun, and is none itself. */
function isPrefix(word: string): boolean {
  return /^(?:gesamt|teil|rest|rück|nach|vor|zwischen|einzel|folge|neu|alt|mit|nicht|über|unter|haupt|ziel|höchst|mindest|durchschnitts|sofort|zusatz|kontokorrent|mehr|voll|fest|gegen|innen|außen|wieder|weiter|end|ein|aus|ab|an|auf|kenn|mahn|zahl|kauf|verkaufs|buch)$/.test(
    word,
  );
}

function isSimpleNoun(word: string): boolean {
  if (germanNouns.has(word)) return true;
  if (MADE_NOUN.test(word) && !NAMES_LIKE_NOUNS.test(word)) return true;
  for (let length = 1; length <= 3; length += 1) {
    const stem = word.slice(0, -length);
    if (stem.length > 2 && germanNouns.has(stem) && NOUN_ENDINGS.test(word.slice(-length))) {
      return true;
    }
  }
  return false;
}

function isGermanOpener(word: string): boolean {
  if (germanOpeners.has(word)) return true;
  const stem = word.replace(/(?:e|er|en|em|es)$/, '');
  if (germanOpeners.has(stem)) return true;
  const plain = stem.replace(/^(?:un|mit|vor|nach|zu)/, '').replace(/(?:st|er)$/, '');
  return plain.length > 3 && germanOpeners.has(plain);
}
