import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { scoreNames } from '.';

/** Pairs of company names from the SEC's register; the folder lies beside the repository where it is at hand. */
const folder = join(__dirname, '../../../../../shared/data/sec-edgar-names/dev');
const atHand = existsSync(folder);
const onData = atHand ? describe : describe.skip;

type Pair = { readonly name1: string; readonly name2: string; readonly kind?: string };

const read = (file: string): Pair[] => (atHand ? parse(readFileSync(join(folder, file)), { columns: true }) : []);

const shareFrom = (threshold: number, pairs: readonly Pair[]): number =>
  pairs.filter(({ name1, name2 }) => scoreNames(name1, name2).score >= threshold).length / pairs.length;

onData('on names from the SEC (skipped where ../shared/data is absent)', () => {
  const positives = read('positive_pairs.csv');
  const negatives = read('hard_negative_pairs.csv');

  /**
   * Names of one company. Of those that overlap in part many are real renames (Husky Oil, later Husky Energy), which
   * look just like two companies. Renames without a common word are no aim: only the alias event finds those.
   */
  it.each([
    ['identical', 1, 1],
    ['case-only', 1, 1],
    ['punctuation', 1, 1],
    ['legal-form', 0.99, 1],
    ['partial-overlap', 0.43, 0.65],
  ])('finds %s pairs: at least %d go to a person, %d are shown', (kind, toAPerson, shown) => {
    const pairs = positives.filter((pair) => pair.kind === kind);

    expect(pairs.length).toBeGreaterThan(0);
    expect(shareFrom(0.75, pairs)).toBeGreaterThanOrEqual(toAPerson);
    expect(shareFrom(0.5, pairs)).toBeGreaterThanOrEqual(shown);
  });

  it('takes few names of different companies that share half their words or more for one: at most 0.08, 0.2 are shown', () => {
    expect(negatives.length).toBeGreaterThan(0);
    expect(shareFrom(0.75, negatives)).toBeLessThanOrEqual(0.08);
    expect(shareFrom(0.5, negatives)).toBeLessThanOrEqual(0.2);
  });
});
