import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type EventStore, openEventStore } from '@tempore/event-store';
import type { Role } from '@tempore/principals';
import { readSettings } from '@tempore/settings';

import { dayToken } from '../harness/token';
import { superviseApp } from '../resilience/processes';
import { eventStoreUrl, freshDatabase, freshNamespace, until } from '../stores';
import { undoable } from './undo';

/** The product on the stores of the run, in a namespace and a database of its own; its apps are processes. */
export interface Installation {
  /** In which the product's processes find it. */
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly namespace: string;
  readonly databaseUrl: string;
  readonly store: EventStore;
  readonly startProjector: () => void;
  /** Resolves to its address once it answers. */
  readonly startApi: () => Promise<string>;
  readonly tokenFor: (role: Role, partnerId?: string) => Promise<string>;
}

/** Limits hold whoever comes too often off; they are there, and nobody of a bench meets them. */
const NEVER_MET = '1000000000';

export const withInstallation = async <T>(
  work: (installation: Installation) => Promise<T>,
  namespace = freshNamespace(),
): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'tempore-bench-'));
  const undos = [undoable(() => rm(folder, { recursive: true, force: true }))];
  const database = await freshDatabase();
  undos.push(undoable(database.drop));
  const store = openEventStore({ url: eventStoreUrl(), namespace });
  undos.push(undoable(() => store.close()));
  const variables = {
    TEMPORE_DATA: join(folder, 'data'),
    TEMPORE_PORT: '0',
    TEMPORE_NAMESPACE: namespace,
    TEMPORE_COMMANDS_PER_MINUTE: NEVER_MET,
    EVENTSTORE_URL: eventStoreUrl(),
    DATABASE_URL: database.url,
  };
  const environment = { PATH: process.env['PATH'], ...variables };
  const { dataDir, oidc } = readSettings(variables);
  const start = (name: string): ReturnType<typeof superviseApp> => {
    const app = superviseApp(name, environment);
    undos.push(undoable(() => app.stop()));
    return app;
  };
  const installation: Installation = {
    environment,
    folder,
    namespace,
    databaseUrl: database.url,
    store,
    startProjector: () => void start('projector'),
    startApi: async () => {
      const api = start('api');
      await until('the API answers', () => api.address() !== undefined);
      return api.address() ?? '';
    },
    tokenFor: (role, partnerId) =>
      dayToken({ dataDir, audience: oidc.audience }, [role], partnerId === undefined ? {} : { partnerId }),
  };
  try {
    return await work(installation);
  } finally {
    for (const undo of undos.reverse()) await undo();
  }
};
