import type { Equivalent } from './equivalent';
import type { Tried } from './run';

/** What came of one lib. */
export interface Result {
  readonly lib: string;
  /** How many faults could be put into it, those that the compiler refuses among them. */
  readonly made: number;
  readonly tried: readonly Tried[];
  readonly equivalents: number;
  /** Listed as equivalent, and none of the lib's any more. */
  readonly stale: readonly Equivalent[];
  readonly seconds: number;
}

const survivorsOf = ({ tried }: Result): readonly Tried[] => tried.filter(({ killedBy }) => killedBy === null);

/** Percent of those that were tried. */
export const scoreOf = (result: Result): number =>
  (100 * (result.tried.length - survivorsOf(result).length)) / Math.max(1, result.tried.length);

/** Every mutant that nobody noticed, where and what it is; and what the list of equivalent ones says of nothing. */
export const linesOf = (result: Result): readonly string[] => [
  ...survivorsOf(result).map(({ mutant: { file, line, mutator, shows }, tests }) => {
    const met = tests === 0 ? 'no test meets it' : `${tests} tests meet it`;
    return `SURVIVED ${file}:${line} ${mutator}, ${met}\n    ${shows}`;
  }),
  ...result.stale.map(({ file, shows }) => `STALE in test/mutation/equivalent.ts: ${file}\n    ${shows}`),
];

const COLUMNS = ['lib', 'made', 'tried', 'noticed', 'by time', 'survived', 'equivalent', 'percent', 'seconds'];

export const table = (results: readonly Result[]): string => {
  const rows = results.map((result) => {
    const survived = survivorsOf(result).length;
    const byTime = result.tried.filter(({ killedBy }) => killedBy === 'time').length;
    const { lib, made, tried, equivalents, seconds } = result;
    const counts = [made, tried.length, tried.length - survived, byTime, survived, equivalents];
    return [lib, ...counts.map(String), scoreOf(result).toFixed(1), seconds.toFixed(0)];
  });
  return [COLUMNS, ...rows]
    .map((row) =>
      row
        .map((cell) => cell.padEnd(11))
        .join('')
        .trimEnd(),
    )
    .join('\n');
};
