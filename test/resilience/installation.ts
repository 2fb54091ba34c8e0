import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { erasePostgres, type Postgres, startPostgres } from '@tempore/embedded-postgres';
import type { Role } from '@tempore/principals';
import { readSettings } from '@tempore/settings';

import type { StoreSettings } from '../../apps/composition/src/stores';
import { dayToken } from '../harness/token';
import { Lasting } from '../stores/lasting';
import { startOwnNode } from '../stores/own-node';
import { expectPoints, HOOK, orderDeath } from './points/death';
import type { Point } from './points/points';
import { superviseApp, type SupervisedApp } from './processes';

/** What may be killed. */
export const targets = ['api', 'other api', 'projector', 'reactor', 'event node', 'postgres'] as const;
export type Target = (typeof targets)[number];
export type App = Exclude<Target, 'event node' | 'postgres'>;

/** The built product, each app and store in a process of its own, two APIs among them. */
export interface BrokenInstallation {
  readonly settings: StoreSettings;
  /** Where the APIs that are up answer. */
  readonly addresses: () => readonly string[];
  readonly tokenFor: (role: Role, partnerId?: string) => Promise<string>;
  /** `kill -9`; resolves once it was started again. */
  readonly kill: (target: Target) => Promise<void>;
  /** Lets an app die where it passes a named point next but `skip`; resolves with false where it never came there. */
  readonly killAt: (app: App, point: Point, skip: number) => Promise<boolean>;
  readonly remove: () => Promise<void>;
}

/** Five processes start at once, two stores beside them. */
const START_WITHIN_MS = 120_000;

export const startInstallation = async (): Promise<BrokenInstallation> => {
  expectPoints();
  const started = new Lasting();
  try {
    return await startAll(started);
  } catch (error) {
    await started.end();
    throw error;
  }
};

const startAll = async (started: Lasting): Promise<BrokenInstallation> => {
  const folder = mkdtempSync(join(tmpdir(), 'tempore-broken-'));
  // PostgreSQL, which never runs as root, has to get in.
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  const pgFolder = join(folder, 'postgres');
  await started.hold(Promise.resolve(folder), async (path) => {
    await erasePostgres(pgFolder);
    rmSync(path, { recursive: true, force: true });
  });
  const node = await started.hold(startOwnNode(), (one) => one.remove());
  let postgres: Postgres = await started.hold(startPostgres({ dataDir: pgFolder }), () => postgres.stop());
  const variables = {
    TEMPORE_DATA: dataDir,
    TEMPORE_PORT: '0',
    TEMPORE_CLOCK: 'simulated',
    EVENTSTORE_URL: node.url,
    DATABASE_URL: postgres.url,
  };
  const env = { PATH: process.env['PATH'], ...variables };
  const settings = { ...readSettings(variables), eventStoreUrl: node.url, databaseUrl: postgres.url };
  const orderFor = (app: App): string => join(folder, `order for ${app}`);
  const start = (app: App, name: string): SupervisedApp =>
    superviseApp(name, { ...env, RESILIENCE_POINT: orderFor(app) }, [HOOK]);
  const api = start('api', 'api');
  const projector = start('projector', 'projector');
  const reactor = start('reactor', 'reactor');
  const otherApi = start('other api', 'api');
  const apps = { api, 'other api': otherApi, projector, reactor };
  await started.hold(Promise.resolve(Object.values(apps)), (all) => Promise.all(all.map((app) => app.stop())));
  const apis = [api, otherApi];
  const addresses = () => apis.flatMap((one) => one.address() ?? []);
  const installation: BrokenInstallation = {
    settings,
    addresses,
    tokenFor: (role, partnerId) =>
      dayToken({ dataDir, audience: settings.oidc.audience }, [role], partnerId ? { partnerId } : {}),
    kill: async (target) => {
      if (target === 'event node') {
        await node.kill();
        await node.start();
      } else if (target === 'postgres') {
        process.kill(postgres.pid, 'SIGKILL');
        await postgres.exited;
        postgres = await startPostgres({ dataDir: pgFolder, port: postgres.port });
      } else apps[target].kill();
    },
    killAt: (app, point, skip) => orderDeath(orderFor(app), point, skip),
    remove: () => started.end(),
  };
  const end = performance.now() + START_WITHIN_MS;
  while (addresses().length < apis.length && performance.now() < end) await sleep(100);
  if (addresses().length === apis.length) return installation;
  throw new Error(`The APIs did not start within ${START_WITHIN_MS} ms.`);
};
