import { Refusal } from '@tempore/kernel';

import { type Line, lineNamed, type LinesState, openLines } from './lines.state';

/** The line that a spelling names. Throws `LINE_UNKNOWN` with the lines to choose from. */
export const expectLine = (state: LinesState, text: string): Line => {
  const line = lineNamed(state, text);
  if (line) return line;
  throw new Refusal('LINE_UNKNOWN', 'invalid', `productLine "${text}" is no line of the catalogue.`, choice(state));
};

/** What is refused because a line is closed. */
export const lineClosed = (state: LinesState, { name }: Pick<Line, 'name'>): Refusal =>
  new Refusal('LINE_CLOSED', 'conflict', `The line ${name} is closed: it takes no filings any more.`, choice(state));

const choice = (state: LinesState) => {
  const open = openLines(state);
  const remedy =
    open.length > 0
      ? `Name one of these lines: ${open.map(({ name }) => name).join(', ')}.`
      : 'Have the line added to the catalogue: two people at the vendor do that.';
  return { remedy, facts: { lines: open.map(({ code, name }) => ({ code, name })) } };
};
