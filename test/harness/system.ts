import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Role } from '@tempore/principals';
import { readSettings } from '@tempore/settings';

import { startApi } from '../../apps/api/src/start';
import type { InstallationClock } from '../../apps/composition/src/clock';
import { Lifetime } from '../../apps/composition/src/lifetime';
import type { TokenClaims } from '../../apps/composition/src/local-issuer';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import type { Stores, StoreSettings } from '../../apps/composition/src/stores';
import { startProjector } from '../../apps/projector/src/projector';
import { startReactor } from '../../apps/reactor/src/reactor';
import { eventStoreUrl, freshDatabase, freshNamespace } from '../stores';
import { Caller } from './caller';
import { dayToken } from './token';

export interface System {
  readonly settings: StoreSettings;
  /** In which an app of the built product joins it, as a process of its own. */
  readonly environment: NodeJS.ProcessEnv;
  readonly stores: Stores;
  readonly url: string;
  readonly clock: InstallationClock;
  /** Somebody with a role, who asks the API. */
  as(role: Role, partnerId?: string): Promise<Caller>;
  /** A token as the local issuer signs it, for tests of tokens. */
  tokenFor(role: Role, claims?: Partial<TokenClaims>): Promise<string>;
  /** One more API process on the same stores. */
  anotherApi(): Promise<string>;
  stop(): Promise<void>;
}

export interface SystemOptions {
  readonly clock?: 'system' | 'simulated';
  /** Without it nothing happens by itself. */
  readonly reactor?: boolean;
  /** Further variables: `TEMPORE_SMTP_URL`. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The product as it runs in production, in this process, on the stores of the test run but in a namespace of its own. */
export const startSystem = async ({
  clock = 'system',
  reactor = false,
  environment = {},
}: SystemOptions = {}): Promise<System> => {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'tempore-system-'));
  const stores = { eventStoreUrl: eventStoreUrl(), databaseUrl: database.url, namespace: freshNamespace() };
  const variables = {
    TEMPORE_DATA: dataDir,
    TEMPORE_PORT: '0',
    TEMPORE_LOG_LEVEL: 'silent',
    TEMPORE_CLOCK: clock,
    EVENTSTORE_URL: stores.eventStoreUrl,
    DATABASE_URL: stores.databaseUrl,
    TEMPORE_NAMESPACE: stores.namespace,
    ...environment,
  };
  const settings: StoreSettings = { ...readSettings(variables), ...stores };
  const logger = createLogger(settings, 'test');
  const lifetime = new Lifetime(logger);
  const context = await openContext(settings, logger, lifetime);
  await startProjector(context);
  if (reactor) await startReactor(context);
  const url = await startApi(context);
  const tokenFor: System['tokenFor'] = (role, claims) =>
    dayToken({ dataDir, audience: settings.oidc.audience }, [role], claims);
  return {
    settings,
    environment: { PATH: process.env['PATH'], ...variables },
    stores: context.stores,
    clock: context.clock,
    url,
    as: async (role, partnerId) => new Caller(url, await tokenFor(role, partnerId ? { partnerId } : {})),
    tokenFor,
    anotherApi: () => startApi(context),
    stop: async () => {
      await lifetime.end();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
