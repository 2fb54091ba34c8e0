import { Refusal } from '@tempore/kernel';

/** No content of ours comes near it; what walks one in recursion would run out of stack far behind. */
const MAX_DEPTH = 32;

/** Fields and elements together; the largest body of ours, the terms of 500 lines, has half of it. */
const MAX_ENTRIES = 5_000;

const [QUOTE, BACKSLASH, COMMA] = Buffer.from('"\\,');
const OPENING = new Set(Buffer.from('{['));
const CLOSING = new Set(Buffer.from('}]'));
const SPACE = new Set(Buffer.from(' \t\r\n'));

/**
 * Counts what a JSON text holds before anything is made of it: a body of a megabyte may hold half a million elements,
 * and each would be built, validated and complained of. Throws `BODY_TOO_DEEP` or `BODY_TOO_LONG`.
 */
export const expectBounded = (json: Uint8Array): void => {
  let depth = 0;
  let entries = 0;
  let opened = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (SPACE.has(byte)) continue;
    if (CLOSING.has(byte)) {
      depth--;
      opened = false;
      continue;
    }
    // Whatever stands first behind a bracket is an entry, and so is whatever stands behind a comma.
    if (opened || byte === COMMA) entries++;
    if (entries > MAX_ENTRIES) throw tooLong();
    opened = OPENING.has(byte);
    if (opened && ++depth > MAX_DEPTH) throw tooDeep();
    if (byte === QUOTE) at = endOfText(json, at);
  }
};

/** Where the text that begins here ends. */
const endOfText = (json: Uint8Array, start: number): number => {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
};

const tooDeep = (): Refusal =>
  new Refusal('BODY_TOO_DEEP', 'invalid', `The body is nested deeper than ${MAX_DEPTH} levels.`, {
    remedy: 'Send what the description of the API shows: nothing there goes so deep.',
  });

const tooLong = (): Refusal =>
  new Refusal('BODY_TOO_LONG', 'invalid', `The body holds more than ${MAX_ENTRIES} fields and elements.`, {
    remedy: 'Send it in several requests.',
    facts: { maxEntries: MAX_ENTRIES },
  });
