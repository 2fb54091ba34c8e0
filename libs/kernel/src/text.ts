import type { Refusal } from './refusal';

/** Some letters, such as the Hangul filler, are drawn as nothing. */
const SEEN = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/** What nobody sees and what acts on the text around it: control characters, ends of lines, turns of direction. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const CONTROLS = new RegExp(CONTROL, 'gu');

/** Of these, what a text of several lines is laid out with. */
const LAYOUT = /[\t\n\r]/g;

/** What is wrong with a name, as words that stand behind its field; undefined where nothing is. */
export const faultOfName = (text: string): string | undefined => {
  if (text.trim() === '') return 'is empty';
  if (!SEEN.test(text)) return 'must hold a letter or a digit';
  return CONTROL.test(text) ? 'must hold no control character' : undefined;
};

/** As `faultOfName`, for a text that may go over several lines. */
export const faultOfText = (text: string): string | undefined => faultOfName(text.replaceAll(LAYOUT, ' '));

type FaultOf = (text: string) => string | undefined;

const unlessFaulty =
  (faultOf: FaultOf) =>
  (text: string, refusal: (fault: string) => Refusal): string => {
    const fault = faultOf(text);
    if (fault === undefined) return text.trim();
    throw refusal(fault);
  };

/** A name without the space around it. Throws the refusal that is made of what is wrong with it. */
export const nameOf = unlessFaulty(faultOfName);

/** A text of one or several lines without the space around it. Throws the refusal that is made of what is wrong with it. */
export const textOf = unlessFaulty(faultOfText);

/** A text without what acts on the text around it: for names that nobody is asked for again, such as that of a file. */
export const withoutControls = (text: string): string => text.replaceAll(CONTROLS, '');
