import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { Command, Option } from 'commander';

import { startDurableStores } from './durable-stores';
import { type Figure, FULL, type Measure, meets, QUICK } from './measure';
import { measures } from './measures';
import { table } from './table';
import { runAndUndo } from './undo';

interface BenchOptions {
  readonly only?: readonly string[];
  readonly json?: string;
  readonly quick?: true;
}

const names = measures.map(({ name, why }) => `  ${name.padEnd(12)}${why}`).join('\n');

interface Measured {
  readonly measure: string;
  readonly figures: readonly Figure[];
}

const report = (measured: readonly Measured[]): string => {
  const told = measured.map(({ measure, figures }) => ({
    measure,
    figures: figures.map((figure) => ({ ...figure, met: meets(figure) })),
  }));
  const run = { at: new Date().toISOString(), node: process.version, cores: availableParallelism() };
  return `${JSON.stringify({ ...run, measured: told }, null, 2)}\n`;
};

const measureAll = async (chosen: readonly Measure[], { json, quick }: BenchOptions): Promise<void> => {
  const measured: Measured[] = [];
  await startDurableStores();
  for (const { name, why, run } of chosen) {
    process.stdout.write(`\n${name}: ${why}\n\n`);
    const figures = await run(quick ? QUICK : FULL);
    process.stdout.write(`${table(figures)}\n`);
    measured.push({ measure: name, figures });
    // After each, so that a run which is broken off leaves what it has.
    if (json !== undefined) writeFileSync(json, report(measured));
  }
};

void new Command('bench')
  .description('measures the product on embedded stores of its own, with durable writes')
  .addOption(new Option('-o, --only <name...>', 'only these measures').choices(measures.map(({ name }) => name)))
  .option('--json <file>', 'write the figures to a file, too')
  .option('--quick', 'the smallest size: shows that it works, its figures mean nothing; without scaling')
  .addHelpText('after', `\nMeasures:\n${names}\n\nHow to read the table: test/bench/README.md`)
  .action((options: BenchOptions) => {
    const chosen = measures
      .filter(({ name }) => options.only?.includes(name) ?? true)
      .filter(({ inFullOnly }) => !(options.quick && inFullOnly));
    return runAndUndo(() => measureAll(chosen, options));
  })
  .parseAsync();
