import { followBuild, type Projection, rebuild, rebuildBeside, status } from '@tempore/projections';
import { Command } from 'commander';

import type { Stores } from '../../../composition/src/stores';
import { logSource } from '../../../composition/src/views';
import { stopOnSignals, UsageError, withStores } from '../context';
import { buildBar } from './build-bar';
import { namedViews } from './named-views';

/** Emptied without somebody to fill it again, a view would stay empty. Throws `UsageError`. */
const expectWorker = async ({ readSide }: Stores, { name }: Projection): Promise<void> => {
  const report = (await status(readSide)).find(({ view, live }) => live && view === name);
  if (report?.owner !== undefined) return;
  throw new UsageError(`No projector keeps ${name} up to date. Start one first: it is what fills the view again.`);
};

const rebuildView = async (stores: Stores, view: Projection, blueGreen: boolean): Promise<void> => {
  const { readSide, eventStore, installationId } = stores;
  const bar = buildBar(view.name);
  try {
    if (blueGreen)
      await rebuildBeside({
        database: readSide,
        source: logSource(eventStore),
        view,
        onProgress: bar.onProgress,
        signal: stopOnSignals(),
      });
    else {
      const head = await eventStore.newest('everything');
      await expectWorker(stores, view);
      await rebuild(readSide, installationId, view);
      if (head) await followBuild(readSide, view, { head, onProgress: bar.onProgress });
    }
  } finally {
    bar.end();
  }
  process.stdout.write(`${view.name}@${view.version} is rebuilt\n`);
};

export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description('build views again from the beginning of the log; a projector has to be running')
    .argument('[views...]', 'all of them where none is named')
    .option('--blue-green', 'build beside the live rows, and put the new ones in their place at once', false)
    .action((names: string[], { blueGreen }: { blueGreen: boolean }) =>
      withStores(async ({ stores }) => {
        for (const view of namedViews(names)) await rebuildView(stores, view, blueGreen);
      }),
    );
