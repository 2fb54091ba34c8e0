import { romanValue } from './numerals';
import {
  ABBREVIATIONS,
  COMMON_WORDS,
  FUND_WORDS,
  JOINING_WORDS,
  LEGAL_FORMS,
  LEGAL_PHRASES,
  REGISTER_TAGS,
  STRUCTURE_WORDS,
  TRADE_WORDS,
  TRAILING_LEGAL_FORMS,
} from './vocabulary';

/**
 * What a word says about which company it is: the `brand` (the first own word) most, other `own` words less, `trade`
 * words, which many companies share, little, words of corporate `structure` least. A `number` tells the companies of
 * one family apart.
 */
export type WordKind = 'brand' | 'own' | 'trade' | 'structure' | 'number';

export type Word = { readonly text: string; readonly kind: WordKind };

export type NormalisedName = {
  /** The words with one space between, for an index of similar texts. Empty when nothing tells: no letter or digit, or only `and`. */
  readonly text: string;
  readonly words: readonly Word[];
  /** What was taken off as the legal form; empty when there was none. */
  readonly legalForm: string;
};

/**
 * A company's name without case, accents, punctuation, legal form, joining words (`and`, `&`, `the`, `of`) and register
 * tags (`/DE/`, `/NEW/`), with Roman numerals in digits and common abbreviations spelled out.
 */
export const normaliseName = (name: string): NormalisedName => {
  const all = joinInitials(toPlainWords(name));
  const { named, legalForm } = splitLegalForm(all);
  const kept = named.filter((word) => !JOINING_WORDS.has(word));
  const texts = (kept.length > 0 ? kept : named).map(spellOut);
  return { text: texts.join(' '), words: toWords(texts), legalForm };
};

/** Letters that have no decomposition into a base letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const ASCII = /^[ -~]*$/;

const toPlainWords = (name: string): string[] =>
  withoutRegisterTags(ASCII.test(name) ? name.toLowerCase() : foldLetters(name))
    .replace(/['’‘`´]/g, '')
    .replace(/\b[a-z](?:[./][a-z])+\b/g, (initials) => initials.replace(/[./]/g, '')) // S.p.A., A/S, J.P.
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'and');

/** Twice, because lower case makes new marks: İ becomes i and a dot. */
const foldLetters = (name: string): string =>
  withoutMarks(withoutMarks(name).toLowerCase()).replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter);

const withoutMarks = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');

/** `/DE/`, `\NV\`, `/BER/`, a bare `/` and, where it is a known tag, `/MD` at the end of a name. */
const withoutRegisterTags = (name: string): string => {
  let rest = name;
  for (;;) {
    const tag = /\s*[/\\]\s*([a-z]{0,4})\s*([/\\]?)\s*$/.exec(rest);
    if (!tag || tag.index === 0) return rest;
    const [, text = '', closing = ''] = tag;
    if (text.length === 1 || (text !== '' && closing === '' && !REGISTER_TAGS.has(text))) return rest;
    rest = rest.slice(0, tag.index);
  }
};

/** `a o smith`, `j p morgan`, `l l c`: single letters in a row are one word. */
const joinInitials = (words: readonly string[]): string[] => {
  const joined: string[] = [];
  let open = false;
  for (const word of words) {
    const initial = word.length === 1 && word >= 'a' && word <= 'z';
    if (initial && open) joined.push((joined.pop() ?? '') + word);
    else joined.push(word);
    open = initial;
  }
  return joined;
};

/** Never takes the first word, so something is left of every name. */
const splitLegalForm = (words: readonly string[]): { named: string[]; legalForm: string } => {
  let end = words.length;
  for (let length = legalEnd(words, end); length > 0; length = legalEnd(words, end)) end -= length;
  const isForm = (word: string, at: number) => at >= end || (at > 0 && LEGAL_FORMS.has(word));
  return {
    named: words.filter((word, at) => !isForm(word, at)),
    legalForm: words.filter((word, at) => isForm(word, at)).join(' '),
  };
};

/** How many of the words before `end` close the name as part of its legal form. */
const legalEnd = (words: readonly string[], end: number): number => {
  const last = words[end - 1];
  if (end < 2 || last === undefined) return 0;
  const phrase = LEGAL_PHRASES.get(last)?.find((each) => each.length < end && closes(words, end, each));
  if (phrase) return phrase.length;
  if (LEGAL_FORMS.has(last) || TRAILING_LEGAL_FORMS.has(last) || JOINING_WORDS.has(last)) return 1;
  const state = REGISTER_TAGS.has(last) && LEGAL_FORMS.has(words[end - 2] ?? ''); // INC TX
  return state ? 1 : 0;
};

const closes = (words: readonly string[], end: number, phrase: readonly string[]): boolean =>
  phrase.every((word, at) => words[end - phrase.length + at] === word);

const spellOut = (word: string, at: number): string =>
  (at > 0 ? romanValue(word) : undefined) ?? ABBREVIATIONS.get(word) ?? word;

const toWords = (texts: readonly string[]): Word[] => {
  const fund = texts.some((text) => FUND_WORDS.has(text));
  let branded = false;
  return texts.map((text, at) => {
    const kind = kindOf(text, at, fund);
    if (kind !== 'own' || branded) return { text, kind };
    branded = true;
    return { text, kind: 'brand' };
  });
};

const kindOf = (word: string, at: number, fund: boolean): WordKind => {
  if (at > 0 && (word.length === 1 || /^\d+$/.test(word))) return 'number';
  if (STRUCTURE_WORDS.has(word) || (at === 0 && word === 'new')) return 'structure';
  if (fund) return FUND_WORDS.has(word) ? 'trade' : 'own';
  return TRADE_WORDS.has(word) || COMMON_WORDS.has(word) ? 'trade' : 'own';
};
