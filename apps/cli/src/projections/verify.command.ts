import { type TableComparison, verify, type Verification } from '@tempore/projections';
import { Command } from 'commander';

import { logSource } from '../../../composition/src/views';
import { stopOnSignals, withStores } from '../context';
import { buildBar } from './build-bar';
import { namedViews } from './named-views';

const tableLines = ({
  table,
  leftRows,
  rightRows,
  onlyLeft,
  onlyRight,
  different,
  first,
}: TableComparison): string[] => [
  `  ${table}: ${leftRows} rows, replayed ${rightRows}; ${onlyLeft} too many, ${onlyRight} missing, ${different} different`,
  ...first.map((difference) => `    ${JSON.stringify(difference)}`),
];

const report = ({ view, handled, tables, parkedStreams, equal }: Verification): string =>
  [
    `${view}: ${equal ? 'equal' : 'DIFFERENT'} after ${handled} events`,
    ...tables.flatMap(tableLines),
    ...parkedStreams.map((stream) => `  parked: ${stream}`),
    '',
  ].join('\n');

export const verifyCommand = (): Command =>
  new Command('verify')
    .description('compare views row by row with a fresh replay of the log; exit code 1 where one differs')
    .argument('[views...]', 'all of them where none is named')
    .action((names: string[]) =>
      withStores(async ({ stores: { readSide, eventStore } }) => {
        const signal = stopOnSignals();
        for (const view of namedViews(names)) {
          const bar = buildBar(view.name);
          const verification = await verify({
            database: readSide,
            source: logSource(eventStore),
            view,
            onProgress: bar.onProgress,
            signal,
          }).finally(bar.end);
          process.stdout.write(report(verification));
          if (!verification.equal) process.exitCode = 1;
        }
      }),
    );
