import { createSecretKey, randomUUID } from 'node:crypto';
import { join } from 'node:path';

import type { Secrets } from '@tempore/acts';
import { DocumentStore, folderStore, type ObjectStore, s3Store } from '@tempore/document-store';
import { CommandRunner, type EventStore, installationId, openEventStore, OpenStreams } from '@tempore/event-store';
import { masterKey, type MasterKey, Vault } from '@tempore/personal-data';
import type { Database as ReadSide } from '@tempore/projections';
import type { Database } from '@tempore/read-models';
import { type Settings, SettingsError } from '@tempore/settings';
import type { Logger } from 'pino';
import { Pool, type PoolConfig, type QueryResultRow } from 'pg';

import { openDataDir } from './data-dir';
import { migrate } from './migrate';
import { READ_SCHEMA } from './views';
import { deriveSecrets, installationSecret } from './secrets';

/** Injection token of everything that lasts. */
export const STORES = Symbol('STORES');

/** Everything that lasts, opened and ready. */
export interface Stores {
  readonly eventStore: EventStore;
  /** What this process has open on its connection to it. */
  readonly eventStreams: OpenStreams;
  readonly runner: CommandRunner;
  /** Of which the views are asked. */
  readonly database: Database;
  /** Where the views are kept. */
  readonly readSide: ReadSide;
  readonly secrets: Secrets;
  /** The keys of personal data. */
  readonly vault: Vault;
  readonly documents: DocumentStore;
  /** Identity of the log: checkpoints of another one are refused. */
  readonly installationId: string;
  close(): Promise<void>;
}

/** Settings whose stores are known: configured, or started by the standalone app. */
export type StoreSettings = Settings & { readonly eventStoreUrl: string; readonly databaseUrl: string };

/** For apps that start no stores of their own. Throws where an address is missing. */
export const requireStores = (settings: Settings): StoreSettings => {
  const { eventStoreUrl, databaseUrl } = settings;
  if (!eventStoreUrl || !databaseUrl)
    throw new SettingsError([
      'EVENTSTORE_URL, DATABASE_URL: set both, or run `npm start`, which brings stores of its own',
    ]);
  return { ...settings, eventStoreUrl, databaseUrl };
};

/** Three processes and a command stay below PostgreSQL's default of 100 connections. */
const CONNECTIONS: PoolConfig = {
  max: 20,
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  // Well above what the slowest batch takes. A connection that stays open and loses everything, as behind a firewall
  // that forgot it, would else be waited for until the machine gives it up. DATABASE_URL may say otherwise.
  query_timeout: 30_000,
  options: '-c timezone=UTC',
};

/** Connects, migrates, and reads or founds the installation's identity. */
export const openStores = async (settings: StoreSettings, logger?: Logger): Promise<Stores> => {
  const eventStreams = new OpenStreams((open, limit) => {
    logger?.warn(
      { open, limit },
      'many calls are open on the connection to the event store: at its limit the next ones wait',
    );
  });
  const eventStore = openEventStore({
    url: settings.eventStoreUrl,
    namespace: settings.namespace,
    streams: eventStreams,
  });
  const pool = new Pool({ connectionString: settings.databaseUrl, ...CONNECTIONS });
  // A connection that breaks is replaced at its next use, and whoever has it learns it from their next query; without
  // listeners, on the idle ones and on those in use, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const close = async (): Promise<void> => {
    await eventStore.close();
    await pool.end();
  };
  try {
    await migrate(pool, settings.databaseUrl);
    const secrets = deriveSecrets(installationSecret(settings.secret, settings.dataDir));
    const objects = objectStoreOf(settings);
    return {
      eventStore,
      eventStreams,
      runner: new CommandRunner(eventStore),
      database: queries(pool),
      readSide: { pool, schema: READ_SCHEMA },
      secrets,
      vault: new Vault({ pool, shares: objects, master: masterOf(secrets), previous: previousOf(settings) }),
      documents: new DocumentStore(objects),
      installationId: await installationId(eventStore, randomUUID(), new Date()),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const queries = (pool: Pool): Database => ({
  query: async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
    const { rows } = await pool.query<Row & QueryResultRow>(sql, [...parameters]);
    return rows;
  },
});

const objectStoreOf = ({ objectStoreUrl, dataDir }: Settings): ObjectStore => {
  if (objectStoreUrl) return s3Store(objectStoreUrl);
  openDataDir(dataDir);
  return folderStore(join(dataDir, 'objects'));
};

const masterOf = (secrets: Secrets): MasterKey => masterKey(createSecretKey(secrets.key('vault')));

const previousOf = ({ previousSecret }: Settings): MasterKey | undefined =>
  previousSecret === undefined ? undefined : masterOf(deriveSecrets(previousSecret));
