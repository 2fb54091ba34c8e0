/** The long form of the resilience test: `npm run test:resilience -- --help`. */
import { Command, InvalidArgumentError } from 'commander';

import { breakAndCheck } from './break';

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
};

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly clients: number;
}

const say = (line: string): void => void process.stdout.write(`${new Date().toISOString()}  ${line}\n`);

new Command('test:resilience')
  .description(
    'kill every process of the product under load, at random and at named points, then check what it left; exit code 1 on a violation',
  )
  .option('--minutes <number>', 'how long to go on killing', positive, 4)
  .option('--seed <number>', 'of the load and of the kills', positive, Date.now() % 1_000_000)
  .option('--clients <number>', 'how many send commands at once', positive, 4)
  .action(async ({ minutes, seed, clients }: Options) => {
    say(`seed ${seed}, ${minutes} minutes, ${clients} clients`);
    const { kills, points, counts, violations } = await breakAndCheck({ seed, clients, ms: minutes * 60_000, say });
    for (const { rule, where, what } of violations) say(`VIOLATION ${rule}: ${where}: ${what}`);
    for (const [target, times] of Object.entries(kills)) say(`${`killed ${target}`.padEnd(40)}${times}`);
    for (const { point, hits } of points) say(`${`at ${point}`.padEnd(40)}${hits}`);
    for (const [name, count] of Object.entries(counts)) say(`${name.padEnd(40)}${String(count)}`);
    say(`${'violations'.padEnd(40)}${violations.length}`);
    process.exitCode = violations.length === 0 ? 0 : 1;
  })
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
