import { type Word } from './normalise';
import { slipsBetween } from './spelling';
import { TRADE_WORDS } from './vocabulary';

/** Words of one name that stand for words of the other. */
export type Link = {
  readonly how: 'same' | 'spacing' | 'acronym' | 'spelling' | 'abbreviation';
  /** 1 for the same word, less the more has to be believed. */
  readonly likeness: number;
  readonly left: readonly Word[];
  readonly right: readonly Word[];
};

export type Alignment = {
  readonly links: readonly Link[];
  readonly inOrder: boolean;
  /** Words of each name that stand alone. */
  readonly onlyLeft: readonly Word[];
  readonly onlyRight: readonly Word[];
};

/** The words still to be linked; a linked one leaves a hole, so neighbours stay neighbours. */
type Open = (Word | undefined)[];

/** Links the words of two names: the same words first, then what needs more belief. */
export const align = (a: readonly Word[], b: readonly Word[]): Alignment => {
  const left: Open = [...a];
  const right: Open = [...b];
  const { links, inOrder } = linkSame(left, right);
  if (links.length < a.length && links.length < b.length) {
    linkRuns(left, right, (one, run) => links.push({ ...run, left: [one], right: run.words }));
    linkRuns(right, left, (one, run) => links.push({ ...run, left: run.words, right: [one] }));
    linkVariants(left, right, links);
  }
  return { links, inOrder, onlyLeft: left.filter(isOpen), onlyRight: right.filter(isOpen) };
};

const isOpen = (word: Word | undefined): word is Word => word !== undefined;

const linkSame = (left: Open, right: Open): { links: Link[]; inOrder: boolean } => {
  const links: Link[] = [];
  let inOrder = true;
  let last = -1;
  for (const [i, word] of left.entries()) {
    const j = right.findIndex((other) => other !== undefined && other.text === word?.text);
    const other = right[j];
    if (!word || !other) continue;
    links.push({ how: 'same', likeness: 1, left: [word], right: [other] });
    left[i] = right[j] = undefined;
    inOrder &&= j > last;
    last = j;
  }
  return { links, inOrder };
};

type Run = { readonly how: 'spacing' | 'acronym'; readonly likeness: number; readonly words: Word[] };

/** One word for several in a row: `newalliance` for `new alliance`, `msg` for `madison square garden`. */
const linkRuns = (singles: Open, others: Open, link: (one: Word, run: Run) => void): void => {
  for (const [i, one] of singles.entries()) {
    if (!one) continue;
    for (const [j, first] of others.entries()) {
      if (first?.text.charCodeAt(0) !== one.text.charCodeAt(0)) continue;
      const run = spacedOut(one.text, others, j) ?? spelledOut(one.text, others, j);
      if (!run) continue;
      link(one, run);
      singles[i] = undefined;
      others.fill(undefined, j, j + run.words.length);
      break;
    }
  }
};

const spacedOut = (text: string, others: Open, from: number): Run | undefined => {
  const words: Word[] = [];
  let at = 0;
  for (let word = others[from]; word && text.startsWith(word.text, at); word = others[from + words.length]) {
    words.push(word);
    at += word.text.length;
  }
  return at === text.length && words.length > 1 ? { how: 'spacing', likeness: 0.98, words } : undefined;
};

const spelledOut = (text: string, others: Open, from: number): Run | undefined => {
  if (text.length < 2 || text.length > 6) return undefined;
  const words: Word[] = [];
  for (let word = others[from]; word && words.length < text.length; word = others[from + words.length]) {
    if (word.text.charCodeAt(0) !== text.charCodeAt(words.length)) return undefined;
    words.push(word);
  }
  return words.length === text.length ? { how: 'acronym', likeness: 0.8, words } : undefined;
};

const linkVariants = (left: Open, right: Open, links: Link[]): void => {
  for (const [i, one] of left.entries()) {
    if (!one) continue;
    for (const [j, other] of right.entries()) {
      const variant = other && variantOf(one.text, other.text);
      if (!variant) continue;
      links.push({ ...variant, left: [one], right: [other] });
      left[i] = right[j] = undefined;
      break;
    }
  }
};

const variantOf = (a: string, b: string): Pick<Link, 'how' | 'likeness'> | undefined => {
  const slips = slipsBetween(a, b);
  if (slips !== undefined) return { how: 'spelling', likeness: slips === 1 ? 0.88 : 0.78 };
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const shortened = short.length > 2 && long.startsWith(short) && TRADE_WORDS.has(long);
  return shortened ? { how: 'abbreviation', likeness: 0.9 } : undefined;
};
