import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEventStoreNode } from '@tempore/embedded-eventstore';
import { erasePostgres, startPostgres } from '@tempore/embedded-postgres';

import { undoable } from './undo';

/** Ends what was started, also where it is still starting. */
const ending = (starting: Promise<{ readonly stop: () => Promise<void> }>): Promise<void> =>
  starting.then(
    ({ stop }) => stop(),
    () => undefined,
  );

/** Starts embedded stores that answer only what the disk has, in a folder that goes with them. */
export const startDurableStores = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'tempore-bench-'));
  undoable(() => rm(folder, { recursive: true, force: true }));
  // PostgreSQL, which never runs as root, has to get in.
  chmodSync(folder, 0o755);
  const node = startEventStoreNode({ dataDir: join(folder, 'events') });
  undoable(() => ending(node));
  process.env['EVENTSTORE_URL'] = (await node).url;
  const dataDir = join(folder, 'postgres');
  const postgres = startPostgres({ dataDir });
  undoable(async () => {
    await ending(postgres);
    await erasePostgres(dataDir);
  });
  process.env['DATABASE_URL'] = (await postgres).url;
};
