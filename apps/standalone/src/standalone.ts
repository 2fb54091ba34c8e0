import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startEventStoreNode } from '@tempore/embedded-eventstore';
import { startPostgres } from '@tempore/embedded-postgres';
import { readSettings, type Settings } from '@tempore/settings';
import type { Logger } from 'pino';

import { logFolder, openDataDir } from '../../composition/src/data-dir';
import { Lifetime } from '../../composition/src/lifetime';
import { createLogger } from '../../composition/src/logger';
import { openContext } from '../../composition/src/run-app';
import { announceRun, withdrawRun } from '../../composition/src/run-file';
import type { StoreSettings } from '../../composition/src/stores';
import { startProjector } from '../../projector/src/projector';
import { startReactor } from '../../reactor/src/reactor';
import { type Exit, launchApi } from './api-process';

/** The whole product on one machine, with stores of its own where none are configured; the API is a process of its own. */
export const startStandalone = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  const settings = readSettings(environment);
  openDataDir(settings.dataDir);
  const logger = createLogger(settings, 'tempore');
  const lifetime = new Lifetime(logger);
  lifetime.endOnSignals();
  try {
    const api = launchApi();
    // It is stopped first, before what it stands on; this one is for a start that does not get so far.
    lifetime.add('API that was launched', api, (one) => one.stop());
    endWith('API', api.exited, lifetime, logger);
    const withStores = await startStores(settings, lifetime, logger);
    const opened = await openContext(withStores, logger, lifetime);
    progress('stores', 'run');
    // The data folder is locked for as long as its PostgreSQL runs: nobody else keeps views there.
    const context = settings.databaseUrl ? opened : { ...opened, soleOwner: 'standalone' };
    await startProjector(context);
    await startReactor(context);
    progress('projector and reactor', 'run');
    lifetime.add('API', api, (one) => one.stop());
    const address = await api.serve(withStores);
    progress('API', 'answers');
    await untilReady(address);
    lifetime.add('run file', announceRun(withStores, address), (file) => withdrawRun(file));
    process.stdout.write(welcome(address, settings));
  } catch (error) {
    await lifetime.end();
    throw error;
  }
};

const progress = (part: string, state: string): void => {
  process.stdout.write(`  ${part.padEnd(26)}${state}\n`);
};

const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 25;

/** Who is told that it runs can use it at once. */
const untilReady = async (address: string): Promise<void> => {
  const end = performance.now() + READY_WITHIN_MS;
  while (performance.now() < end) {
    const { ok } = await fetch(`${address}/health/ready`);
    if (ok) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(
    `It was not ready within ${READY_WITHIN_MS / 1_000} s; ${address}/health/ready says what is not well`,
  );
};

/** Starts the embedded stores that stand in for those that no setting names, both at once. */
const startStores = async (settings: Settings, lifetime: Lifetime, logger: Logger): Promise<StoreSettings> => {
  const starting = [
    settings.eventStoreUrl ? Promise.resolve(settings.eventStoreUrl) : embeddedEventStore(settings, lifetime, logger),
    settings.databaseUrl ? Promise.resolve(settings.databaseUrl) : embeddedPostgres(settings, lifetime, logger),
  ] as const;
  // Where one fails, the other is waited for all the same: what has been started has to be stopped again.
  await Promise.allSettled(starting);
  const [eventStoreUrl, databaseUrl] = await Promise.all(starting);
  return { ...settings, eventStoreUrl, databaseUrl };
};

const embeddedEventStore = async ({ dataDir }: Settings, lifetime: Lifetime, logger: Logger): Promise<string> => {
  const node = await startEventStoreNode({
    dataDir: logFolder(dataDir),
    onLog: (line) => {
      logger.debug({ part: 'event store' }, line);
    },
  });
  lifetime.add('event store', node, (one) => one.stop());
  endWith('event store', node.exited, lifetime, logger);
  return node.url;
};

const embeddedPostgres = async ({ dataDir }: Settings, lifetime: Lifetime, logger: Logger): Promise<string> => {
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), log: (line) => logger.info(line) });
  lifetime.add('postgres', postgres, (one) => one.stop());
  const exited = postgres.exited.then(({ logTail, ...exit }) => ({ ...exit, lastWords: logTail }));
  endWith('postgres', exited, lifetime, logger);
  return postgres.url;
};

/** The line of a store's last words that says what came of its disk. */
const OF_THE_DISK = /^.*(?:the disk |No space left on device|Disk quota exceeded).*$/m;

/** Without one of its parts the product is nothing: it ends, and the next start recovers what was acknowledged. */
const endWith = (
  name: string,
  exited: Promise<Exit & { readonly lastWords?: string }>,
  lifetime: Lifetime,
  logger: Logger,
): void => {
  void exited.then(async (exit) => {
    if (lifetime.isEnding) return;
    const [ofTheDisk] = OF_THE_DISK.exec(exit.lastWords ?? '') ?? [];
    const why = ofTheDisk ? `${name} has ended: ${ofTheDisk}` : `${name} has ended`;
    logger.fatal({ exit }, `${why}; stopping. Start again: nothing that was acknowledged is lost`);
    await lifetime.end();
    process.exit(1);
  });
};

const welcome = (address: string, { dataDir, docs, oidc }: Settings): string => `
  Tempore runs.

  The portal                  ${address}
  API${docs ? ' and its documentation   ' : '                             '}${address}${docs ? '/docs' : ''}
  A token to try it           ${oidc.issuer ? `from ${oidc.issuer}` : 'npx tempore token --role admin'}
  Data                        ${dataDir}

  Ctrl-C stops everything.
`;
