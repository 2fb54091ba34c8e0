import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Settings } from '@tempore/settings';
import { z } from 'zod';

import type { StoreSettings } from './stores';

const schema = z.object({
  pid: z.int(),
  api: z.string(),
  eventStoreUrl: z.string(),
  databaseUrl: z.string(),
});

/** Where a standalone run keeps its stores and its API, for commands that are run beside it. */
export type Run = z.infer<typeof schema>;

const pathOf = (dataDir: string): string => join(dataDir, 'run.json');

/** Tells commands where this run is. The file holds the database's password, so only its owner reads it. */
export const announceRun = ({ dataDir, eventStoreUrl, databaseUrl }: StoreSettings, api: string): string => {
  const path = pathOf(dataDir);
  writeFileSync(`${path}.new`, JSON.stringify({ pid: process.pid, api, eventStoreUrl, databaseUrl }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return path;
};

export const withdrawRun = (path: string): Promise<void> => {
  rmSync(path, { force: true });
  return Promise.resolve();
};

/** The run that owns this data folder now; undefined where none does. */
export const findRun = ({ dataDir }: Pick<Settings, 'dataDir'>): Run | undefined => {
  try {
    const run = schema.parse(JSON.parse(readFileSync(pathOf(dataDir), 'utf8')));
    process.kill(run.pid, 0);
    return run;
  } catch {
    // No file, half a file from another version, or a process that is gone: nothing runs here.
    return undefined;
  }
};
