const ROMAN = /^(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})$/;
const VALUES: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

/** The value of a Roman numeral from I to XXXIX in decimal digits; undefined for anything else. */
export const romanValue = (word: string): string | undefined => {
  if (!ROMAN.test(word)) return undefined;
  let sum = 0;
  for (let at = 0; at < word.length; at++) {
    const value = VALUES[word.charAt(at)] ?? 0;
    const next = VALUES[word.charAt(at + 1)] ?? 0;
    sum += value < next ? -value : value;
  }
  return String(sum);
};
