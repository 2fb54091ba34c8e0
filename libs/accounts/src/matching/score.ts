import { align, type Alignment, type Link } from './align';
import { normaliseName, type NormalisedName, type Word, type WordKind } from './normalise';

/** How likely two names are meant for one company, and what speaks for it and against it. */
export type NameScore = {
  /** From 0, nothing in common, to 1, the same but for case, punctuation or legal form. */
  readonly score: number;
  /** One of `same-name`, `same-but-for-legal-form`, `same-but-for-spacing`, `same-words-other-order`, or several, such as `spelling: acme / akme`. */
  readonly reasons: readonly string[];
};

/** What a word of each kind counts. Tried on pairs of company names in registers; the specs say with what result. */
const WEIGHTS: Readonly<Record<WordKind, number>> = { brand: 2, own: 1, trade: 0.2, structure: 0.1, number: 0.5 };

/** The part of the score that a word without counterpart takes, per weight: it hurts in long names as in short ones. */
const LOSS = 0.25;

/** `Fund` and `Fund II` may be one; `Fund II` and `Fund III` are two, however much else agrees. */
const NUMBER_IN_ONE = 0.75;
const NUMBERS_DIFFER = 0.5;

const OTHER_ORDER = 0.97;

export const scoreNames = (a: string, b: string): NameScore => compareNames(normaliseName(a), normaliseName(b));

/** For one name against many: normalise once. Symmetric. */
export const compareNames = (a: NormalisedName, b: NormalisedName): NameScore => {
  if (a.text === '' || b.text === '') return { score: 0, reasons: ['empty-name'] };
  if (a.text === b.text) {
    return { score: 1, reasons: [a.legalForm === b.legalForm ? 'same-name' : 'same-but-for-legal-form'] };
  }
  // Linking prefers the earlier word: one fixed order of the names gives one answer.
  const alignment = a.text < b.text ? align(a.words, b.words) : align(b.words, a.words);
  return { score: scoreOf(alignment), reasons: reasonsOf(alignment) };
};

const scoreOf = ({ links, onlyLeft, onlyRight, inOrder }: Alignment): number => {
  let linked = 0;
  let believed = 0;
  for (const { left, right, likeness } of links) {
    const weight = weightOf(left) + weightOf(right);
    linked += weight;
    believed += weight * likeness;
  }
  const common = believed / (linked + weightOf(onlyLeft) + weightOf(onlyRight));
  const loss = keptBy(onlyLeft) * keptBy(onlyRight) * keptByNumbers(onlyLeft, onlyRight);
  return common * loss * (inOrder ? 1 : OTHER_ORDER);
};

const weightOf = (words: readonly Word[]): number => {
  let sum = 0;
  for (const { kind } of words) sum += WEIGHTS[kind];
  return sum;
};

const keptBy = (alone: readonly Word[]): number => {
  let kept = 1;
  for (const { kind } of alone) if (kind !== 'number') kept *= 1 - LOSS * WEIGHTS[kind];
  return kept;
};

const keptByNumbers = (onlyLeft: readonly Word[], onlyRight: readonly Word[]): number => {
  const [left, right] = [onlyLeft.some(isNumber), onlyRight.some(isNumber)];
  if (left && right) return NUMBERS_DIFFER;
  return left || right ? NUMBER_IN_ONE : 1;
};

const isNumber = ({ kind }: Word): boolean => kind === 'number';

const reasonsOf = ({ links, onlyLeft, onlyRight, inOrder }: Alignment): readonly string[] => {
  const believed = links.filter(({ how }) => how !== 'same');
  if (onlyLeft.length + onlyRight.length === 0) {
    if (believed.length === 0) return ['same-words-other-order'];
    if (inOrder && believed.every(({ how }) => how === 'spacing')) return ['same-but-for-spacing'];
  }
  return [
    ...believed.map(toldLink),
    ...[...onlyLeft, ...onlyRight].map(toldWord),
    ...(inOrder ? [] : ['words-in-other-order']),
  ];
};

const toldLink = ({ how, left, right }: Link): string => {
  const [short, long] = [textOf(left), textOf(right)].sort((a, b) => a.length - b.length);
  return `${how}: ${short} / ${long}`;
};

const toldWord = (word: Word): string => `${isNumber(word) ? 'extra-number' : 'extra-word'}: ${word.text}`;

const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');
