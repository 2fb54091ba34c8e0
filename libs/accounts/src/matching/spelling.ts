const LONGEST = 40;

/**
 * Letters missed, doubled, changed or swapped between two spellings of what may be one word: the same first letter,
 * five letters or more, one slip in up to eight letters and two in longer words. A plural is a slip of shorter words
 * too. Undefined otherwise.
 */
export const slipsBetween = (a: string, b: string): 1 | 2 | undefined => {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const allowed = shorter.length > 8 ? 2 : 1;
  if (shorter.length < 3 || longer.length > LONGEST || longer.length - shorter.length > allowed) return undefined;
  if (shorter.charCodeAt(0) !== longer.charCodeAt(0)) return undefined;
  if (shorter.length < 5) return longer === `${shorter}s` ? 1 : undefined;
  const slips = distance(shorter, longer);
  return slips <= allowed && (slips === 1 || slips === 2) ? slips : undefined;
};

/** Optimal string alignment: Levenshtein's distance with a swap of neighbours as one step. */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      const steps = [(above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + changed];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps.push((before[j - 2] ?? 0) + 1);
      row.push(Math.min(...steps));
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
};
