/** How many small faults the specifications of a lib notice: `npm run test:mutation -- --help`. */
import { writeFileSync } from 'node:fs';

import { Command, InvalidArgumentError, Option } from 'commander';
import pLimit from 'p-limit';

import { firstThatCompile } from './compiler';
import { equivalents } from './equivalent';
import { type Mutant, mutate, shuffled } from './mutants';
import { linesOf, type Result, scoreOf, table } from './report';
import { tryAll } from './run';

const LIBS = ['kernel', 'programme', 'dockets', 'deals', 'accounts', 'partners'];

interface Options {
  readonly only: readonly string[];
  readonly sample: number;
  readonly seed: number;
  readonly atLeast: number;
  readonly workers: number;
  readonly json?: string;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const number = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return value;
};

const isEquivalent = ({ file, shows }: Mutant): boolean =>
  equivalents.some((known) => known.file === file && known.shows === shows);

const measure = async (lib: string, { sample, seed }: Options): Promise<Result> => {
  const started = Date.now();
  const { mutants } = await mutate(lib);
  const told = equivalents.filter(({ file }) => file.startsWith(`libs/${lib}/`));
  const stale = told.filter(
    (known) => !mutants.some(({ file, shows }) => known.file === file && known.shows === shows),
  );
  const drawn = firstThatCompile(
    shuffled(mutants, seed).filter((mutant) => !isEquivalent(mutant)),
    sample,
  );
  const tried = await tryAll(lib, drawn);
  return { lib, made: mutants.length, tried, equivalents: told.length, stale, seconds: (Date.now() - started) / 1000 };
};

new Command('test:mutation')
  .description(
    'puts small faults into the domain libs, one at a time, and runs their own unit specifications against each; exit code 1 where too few are noticed',
  )
  .addOption(new Option('-o, --only <lib...>', 'only these libs').choices(LIBS).default(LIBS, 'all six'))
  .option('--sample <number>', 'how many mutants of a lib, all where it has fewer', number, 400)
  .option('--seed <number>', 'draws them', number, 1)
  .option('--at-least <percent>', 'of each lib’s that have to be noticed', number, 85)
  .option('--workers <number>', 'libs at once', number, 2)
  .option('--json <file>', 'write what was found to a file, too')
  .action(async (options: Options) => {
    const oneOf = pLimit(options.workers);
    const results = await Promise.all(
      options.only.map((lib) =>
        oneOf(async () => {
          const result = await measure(lib, options);
          linesOf(result).forEach(say);
          return result;
        }),
      ),
    );
    say(table(results));
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
    if (results.some((result) => result.stale.length > 0 || scoreOf(result) < options.atLeast)) process.exitCode = 1;
  })
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
