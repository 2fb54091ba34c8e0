import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Role } from '@tempore/principals';
import { readSettings } from '@tempore/settings';

import type { StoreSettings } from '../../apps/composition/src/stores';
import { Caller } from '../harness/caller';
import { descendantsOf } from '../harness/processes';
import { dayToken } from '../harness/token';
import { until } from '../stores';
import { superviseApp } from './processes';

/** The built product on stores that a test ill-treats, each app in a process of its own. */
export interface Product {
  readonly settings: StoreSettings;
  /** Where its APIs answer. */
  readonly addresses: () => readonly string[];
  readonly tokenFor: (role: Role, partnerId?: string) => Promise<string>;
  /** Somebody who asks the first API, or the one of that number. */
  readonly as: (role: Role, partnerId?: string, api?: number) => Promise<Caller>;
  /** Ids of its processes: the same for as long as none of them ended. */
  readonly processes: () => readonly number[];
  readonly stop: () => Promise<void>;
}

export type AppName = 'api' | 'projector' | 'reactor';

export const startProduct = async (
  stores: { readonly eventStoreUrl: string; readonly databaseUrl: string },
  names: readonly AppName[],
): Promise<Product> => {
  const folder = mkdtempSync(join(tmpdir(), 'tempore-outage-'));
  chmodSync(folder, 0o755);
  const variables = {
    TEMPORE_DATA: folder,
    TEMPORE_PORT: '0',
    TEMPORE_CLOCK: 'simulated',
    EVENTSTORE_URL: stores.eventStoreUrl,
    DATABASE_URL: stores.databaseUrl,
  };
  const settings = { ...readSettings(variables), ...stores };
  const apps = names.map((name) => ({ name, ...superviseApp(name, { PATH: process.env['PATH'], ...variables }) }));
  const apis = apps.filter(({ name }) => name === 'api');
  const addresses = () => apis.flatMap(({ address }) => address() ?? []);
  const tokenFor: Product['tokenFor'] = (role, partnerId) =>
    dayToken({ dataDir: folder, audience: settings.oidc.audience }, [role], partnerId ? { partnerId } : {});
  const isReady = async (): Promise<boolean> => {
    const ready = await Promise.all(addresses().map(async (url) => (await fetch(`${url}/health/ready`)).ok));
    return ready.length === apis.length && ready.every(Boolean);
  };
  const stop = async (): Promise<void> => {
    await Promise.all(apps.map((app) => app.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('the product is ready', isReady);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    settings,
    addresses,
    tokenFor,
    as: async (role, partnerId, api = 0) => new Caller(addresses()[api] ?? '', await tokenFor(role, partnerId)),
    processes: () =>
      descendantsOf(process.pid)
        .filter(({ command }) => command.includes('/dist/apps/'))
        .map(({ pid }) => pid),
    stop,
  };
};
