import type { NormalisedName, Word } from '@messages/accounts';

/**
 * Names are compared only where they may be alike at all: where the one is filed under something that the other asks
 * for. Two names score well only if what they are known by agrees, so a name is asked for by its first own word, as it
 * is spelled or nearly so, and filed under all of its own words; what else may stand for a name (its initials, words
 * run together, the words of a name that has no own one) is filed and asked for as well.
 */
export const filedKeys = (name: NormalisedName): readonly string[] => {
  const words = name.words.map(cut);
  const own = words.filter(isOwn);
  return unique([
    ...own.flatMap(({ text }) => spellings(text)),
    ...neighbours(words)
      .filter(([a, b]) => own.length === 0 || isOwn(a) || isOwn(b))
      .map(runTogether),
    ...(own.length === 0 ? inPairs(words) : []),
    ...initials(words).map(asInitials),
    ...onlyWord(words),
  ]);
};

export const askedKeys = (name: NormalisedName): readonly string[] => {
  const words = name.words.map(cut);
  const brand = words.find(({ kind }) => kind === 'brand');
  return unique([
    ...(brand ? [...spellings(brand.text), asInitials(brand.text)] : [...onlyWord(words), ...inPairs(words)]),
    ...neighbours(words)
      .filter(([a, b]) => !brand || a === brand || b === brand)
      .map(runTogether),
    ...initials(words),
  ]);
};

const cut = (word: Word): Word => ({ ...word, text: Array.from(word.text).slice(0, LONGEST_WORD).join('') });

const unique = (keys: readonly string[]): readonly string[] => [...new Set(keys)];

const isOwn = ({ kind }: Word): boolean => kind === 'brand' || kind === 'own';

/** Below that many letters a slip makes another word. */
const SHORTEST_MISSPELLED = 4;

/** What stands behind as many letters of a word tells no two customers apart, and an index takes no key without end. */
const LONGEST_WORD = 64;

/**
 * A word, and the word with each letter but the first left out: two words that one slip sets apart (a letter missed,
 * added, changed, or swapped with the next) share one of these.
 */
const spellings = (word: string): readonly string[] => {
  // By letters, not by halves of those that UTF-16 writes as a pair: half a letter is in no text that PostgreSQL takes.
  const letters = Array.from(word);
  if (letters.length < SHORTEST_MISSPELLED) return [word];
  const shortened = letters.slice(1).map((_, at) => [...letters.slice(0, at + 1), ...letters.slice(at + 2)].join(''));
  return [word, ...[word, ...shortened].map((spelling) => `~${spelling}`)];
};

const neighbours = (words: readonly Word[]): readonly (readonly [Word, Word])[] =>
  words.flatMap((word, at) => {
    const next = words[at + 1];
    return next ? [[word, next] as const] : [];
  });

const runTogether = ([a, b]: readonly [Word, Word]): string => a.text + b.text;

const inPairs = (words: readonly Word[]): readonly string[] =>
  words.flatMap((a, at) => words.slice(at + 1).map((b) => [a.text, b.text].sort().join(' ')));

/** Marks initials, which are looked for among words, and words among initials, but not initials among initials. */
const asInitials = (letters: string): string => `${letters}.`;

/** `msg` and `msge` for `madison square garden entertainment`; two letters only where the name has just two words. */
const initials = (words: readonly Word[]): readonly string[] => {
  const letters = words.slice(0, 6).map(({ text }) => Array.from(text)[0] ?? '');
  const shortest = Math.min(3, letters.length);
  return letters.length < 2 ? [] : letters.slice(shortest - 1).map((_, at) => letters.slice(0, shortest + at).join(''));
};

/** The one word that is left without words of corporate structure. */
const onlyWord = (words: readonly Word[]): readonly string[] => {
  const [word, ...others] = words.filter(({ kind }) => kind !== 'structure');
  return word && others.length === 0 ? [word.text] : [];
};
