import { type Day, parseDay } from '@tempore/kernel';

/** Reads a day as the source writes it. Throws a RangeError where the text is none. */
export type DayReader = (text: string) => Day;

const PARTS: Readonly<Record<string, string>> = {
  yyyy: String.raw`(?<year>\d{4})`,
  MM: String.raw`(?<month>\d{2})`,
  M: String.raw`(?<month>\d{1,2})`,
  dd: String.raw`(?<day>\d{2})`,
  d: String.raw`(?<day>\d{1,2})`,
};

const WORD = /([A-Za-z0-9]+)/;

const escaped = (text: string): string => text.replaceAll(/\S/g, String.raw`\$&`);

/**
 * Reads days after a pattern of `yyyy`, `MM` or `M`, and `dd` or `d`, each once, with anything but letters and digits
 * between them: `yyyy-MM-dd`, `M/d/yyyy`, `dd.MM.yyyy`. Throws a RangeError where the pattern is none.
 */
export const dayReader = (pattern: string): DayReader => {
  const pieces = pattern.split(WORD);
  const units = pieces.filter((_, index) => index % 2 === 1).map((word) => (word in PARTS ? word[0] : '?'));
  if (units.sort().join('') !== 'Mdy')
    throw new RangeError(`"${pattern}" is not a date format such as yyyy-MM-dd or M/d/yyyy`);
  const expression = new RegExp(`^${pieces.map((piece) => PARTS[piece] ?? escaped(piece)).join('')}$`);
  return (text) => {
    const { year, month, day } = expression.exec(text)?.groups ?? {};
    if (!year || !month || !day) throw new RangeError(`"${text}" is not a day written as ${pattern}`);
    return parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  };
};
