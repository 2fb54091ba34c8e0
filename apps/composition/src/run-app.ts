import { foundLines, foundProgramme } from '@tempore/acts';
import { readSettings, SettingsError } from '@tempore/settings';
import type { Logger } from 'pino';

import { type InstallationClock, openClock } from './clock';
import { Lifetime } from './lifetime';
import { createLogger } from './logger';
import { openStores, requireStores, type Stores, type StoreSettings } from './stores';

/** What every app rests on. */
export interface AppContext {
  readonly settings: StoreSettings;
  readonly stores: Stores;
  readonly logger: Logger;
  readonly lifetime: Lifetime;
  readonly clock: InstallationClock;
  /** Given where this process is sure to be the only one on its database. */
  readonly soleOwner?: string;
}

/** Opens what every app rests on, to be ended with the lifetime. */
export const openContext = async (settings: StoreSettings, logger: Logger, lifetime: Lifetime): Promise<AppContext> => {
  const stores = lifetime.add('stores', await openStores(settings, logger), (open) => open.close());
  const clock = await openClock(settings, stores, logger, lifetime);
  await foundProgramme(stores, clock.now());
  await foundLines(stores, clock.now(), { production: settings.production, logger });
  return { settings, stores, logger, lifetime, clock };
};

/** Runs one app of a real deployment: settings, stores, the app itself; ended as a whole by a signal or a failed start. */
export const runApp = async (name: string, start: (context: AppContext) => Promise<void>): Promise<void> => {
  try {
    const settings = requireStores(readSettings(process.env));
    const logger = createLogger(settings, name);
    const lifetime = new Lifetime(logger);
    lifetime.endOnSignals();
    try {
      await start(await openContext(settings, logger, lifetime));
    } catch (error) {
      await lifetime.end();
      throw error;
    }
  } catch (error) {
    reportFailedStart(name, error);
    process.exitCode = 1;
  }
};

/** A start that failed, said so that whoever reads it needs nothing else. */
export class FailedStart extends Error {
  override readonly name = 'FailedStart';
}

/** Why a start failed, for people: what they can mend is said with its remedy, anything else wants its stack. */
export const explain = (error: unknown): string => {
  if (error instanceof SettingsError || error instanceof FailedStart) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `${error.message}. Set TEMPORE_PORT to a free port; 0 picks one.`;
  return error.stack ?? error.message;
};

export const reportFailedStart = (name: string, error: unknown): void => {
  process.stderr.write(`${name} did not start: ${explain(error)}\n`);
};
