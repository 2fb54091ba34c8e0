import { existsSync } from 'node:fs';

import { type LaunchedNode, startEventStoreNode } from '@tempore/embedded-eventstore';
import { type EventStore, openEventStore } from '@tempore/event-store';
import { readSettings, type Settings } from '@tempore/settings';
import type { Logger } from 'pino';

import { logFolder, openDataDir } from '../../composition/src/data-dir';
import { createLogger } from '../../composition/src/logger';
import { findRun } from '../../composition/src/run-file';
import { openStores, type Stores, type StoreSettings } from '../../composition/src/stores';

export interface CommandContext {
  readonly settings: StoreSettings;
  readonly stores: Stores;
  readonly logger: Logger;
}

/** A mistake of whoever called: shown as one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The stores that are configured, else those of the standalone run that owns the data folder. Throws `UsageError`. */
const storeSettings = (): StoreSettings => {
  const settings = readSettings(process.env);
  const run = findRun(settings);
  const eventStoreUrl = settings.eventStoreUrl ?? run?.eventStoreUrl;
  const databaseUrl = settings.databaseUrl ?? run?.databaseUrl;
  if (eventStoreUrl && databaseUrl) return { ...settings, eventStoreUrl, databaseUrl };
  throw new UsageError(
    `Nothing runs on ${settings.dataDir}. Run \`npm start\` first, or set EVENTSTORE_URL and DATABASE_URL.`,
  );
};

/**
 * Runs a command against the log alone, which need no database, no vault and no app: the log that is configured, else that
 * of the standalone run that owns the data folder, else the embedded one in it, served for as long as the command takes.
 */
export const withLog = async (
  { create }: { readonly create: boolean },
  command: (log: EventStore, settings: Settings) => Promise<void>,
): Promise<void> => {
  const settings = readSettings(process.env);
  const url = settings.eventStoreUrl ?? findRun(settings)?.eventStoreUrl;
  const node = url === undefined ? await serveEmbedded(settings, create) : undefined;
  const log = openEventStore({ url: url ?? node?.url ?? '', namespace: settings.namespace });
  try {
    await command(log, settings);
  } finally {
    await log.close();
    await node?.stop();
  }
};

const serveEmbedded = ({ dataDir }: Settings, create: boolean): Promise<LaunchedNode> => {
  if (!create && !existsSync(logFolder(dataDir)))
    throw new UsageError(`${dataDir} holds no log. Set TEMPORE_DATA to a folder that does, or EVENTSTORE_URL.`);
  openDataDir(dataDir);
  return startEventStoreNode({ dataDir: logFolder(dataDir) });
};

/** Aborts when the command is to end; a second Ctrl-C does not wait. */
export const stopOnSignals = (): AbortSignal => {
  const stopping = new AbortController();
  const onSignal = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return stopping.signal;
};

/** Runs a command against the stores, and closes them whatever happens. */
export const withStores = async (command: (context: CommandContext) => Promise<void>): Promise<void> => {
  const settings = storeSettings();
  const logger = createLogger(settings, 'cli');
  const stores = await openStores(settings, logger);
  try {
    await command({ settings, stores, logger });
  } finally {
    await stores.close();
  }
};
