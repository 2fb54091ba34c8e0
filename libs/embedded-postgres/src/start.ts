import { mkdir, realpath, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { binariesFor } from './binaries';
import { createCluster, eraseCluster, findCluster } from './cluster';
import { lockFolder, type Release } from './lock';
import { ownerOf, userForNewCluster } from './os-user';
import { choosePort, rememberPort } from './port';
import { stopOrphan } from './postmaster';
import { launch, PostgresStartError, type Launch, type PostgresExit, type Server, type Settings } from './server';
import { defaultShelter } from './shelter';

export type StartPostgres = {
  /** Folder of this database; made when missing. */
  readonly dataDir: string;
  /** 0 or absent: a free port, the same one at every start while it stays free. */
  readonly port?: number;
  /** Made when missing. Default `tempore`. */
  readonly database?: string;
  readonly settings?: Settings;
  /** Where root puts what PostgreSQL's user cannot reach in its own place. Default `/var/lib/tempore`. */
  readonly shelterDir?: string;
  /** Told what the supervisor does out of the ordinary, one line each. */
  readonly log?: (line: string) => void;
};

export type Postgres = {
  /** `postgres://…` with the password. */
  readonly url: string;
  readonly port: number;
  /** PostgreSQL's data folder, where it really lies. */
  readonly data: string;
  readonly pid: number;
  /** Fast shutdown; returns when the server has ended. May be called again. */
  readonly stop: () => Promise<void>;
  /** Resolves when the server has ended, asked or not. Never rejects. */
  readonly exited: Promise<PostgresExit>;
};

/**
 * What clients would else take from libpq's variables (`PGSSLMODE`, `PGOPTIONS` …), which somebody has set for another
 * server: this one speaks no TLS, and is ours.
 */
const OWN_TERMS = [
  'sslmode=disable',
  'sslnegotiation=postgres',
  'options=-c%20timezone%3DUTC',
  'application_name=tempore',
  'client_encoding=UTF8',
  'replication=false',
].join('&');

const RETRY_FOR_MS = 10_000;

/**
 * Starts the PostgreSQL of a data folder, which is made on first use. A server that an earlier, killed run left
 * behind is stopped first.
 * @throws when the folder is in use by another supervisor, or the server does not start (with the end of its log)
 */
export const startPostgres = async (options: StartPostgres): Promise<Postgres> => {
  validate(options);
  const dataDir = await openFolder(options.dataDir);
  const { database = 'tempore', settings = {}, log = () => undefined } = options;
  const { shelterDir = defaultShelter(dataDir) } = options;
  const release = await lockFolder(dataDir);
  try {
    const cluster = await openCluster(dataDir, shelterDir, log);
    await stopOrphan(cluster.data, log);
    const { server, port } = await launchPatiently({ ...cluster, dataDir, settings, log }, options.port ?? 0);
    const urlOf = (name: string) =>
      `postgres://postgres:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(name)}?${OWN_TERMS}`;
    try {
      await ensureDatabase(urlOf('postgres'), database);
      await rememberPort(dataDir, port);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return { url: urlOf(database), port, data: cluster.data, ...supervised(server, release) };
  } catch (error) {
    await release();
    throw error;
  }
};

/** Removes the data folder with everything in it, and the database where it lies outside. */
export const erasePostgres = async (folder: string): Promise<void> => {
  const dataDir = await openFolder(folder);
  const release = await lockFolder(dataDir);
  try {
    const cluster = await findCluster(dataDir);
    if (cluster) await stopOrphan(cluster.data, () => undefined);
    await eraseCluster(dataDir);
    await rm(dataDir, { recursive: true });
  } finally {
    await release();
  }
};

const validate = ({ port = 0, database, settings = {} }: StartPostgres): void => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`port must be a whole number from 0 (any free one) to 65535, not ${port}.`);
  }
  if (database === '') throw new Error('database must be a name.');
  for (const name of Object.keys(settings)) {
    if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) throw new Error(`settings: ${name} is no name of a PostgreSQL parameter.`);
  }
};

const openFolder = async (folder: string): Promise<string> => {
  if (folder === '') throw new Error('dataDir must name a folder.');
  await mkdir(folder, { recursive: true });
  return realpath(folder);
};

const openCluster = async (dataDir: string, shelterDir: string, log: (line: string) => void) => {
  const existing = await findCluster(dataDir);
  const user = existing ? await ownerOf(existing.data) : await userForNewCluster();
  const binaries = await binariesFor(user, shelterDir, log);
  if (!existing) await createCluster(dataDir, { user, binaries, shelterDir, log });
  const cluster = existing ?? (await findCluster(dataDir));
  if (!cluster) throw new Error(`The database made in ${dataDir} has vanished.`);
  return { ...cluster, user, binaries };
};

/**
 * Tries again while what is in the way goes by itself: processes of a killed server that still hold its memory, or
 * somebody who took the port we had just found free.
 */
const launchPatiently = async (
  options: Omit<Launch, 'port'>,
  wantedPort: number,
): Promise<{ server: Server; port: number }> => {
  const end = Date.now() + RETRY_FOR_MS;
  for (;;) {
    const port = wantedPort === 0 ? await choosePort(options.dataDir) : wantedPort;
    try {
      return { server: await launch({ ...options, port }), port };
    } catch (error) {
      if (Date.now() > end || !(error instanceof PostgresStartError)) throw error;
      const { logTail } = error.exit;
      const dying = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(logTail);
      const portTaken = wantedPort === 0 && logTail.includes('could not create any TCP/IP sockets');
      if (!dying && !portTaken) throw error;
    }
    await sleep(100);
  }
};

const ensureDatabase = async (url: string, name: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  // A server that ends meanwhile is told by the query; without a listener it would end this process too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
};

/** The folder is free again when the server has ended, whatever ended it. */
const supervised = ({ pid, exited, stop }: Server, release: Release): Pick<Postgres, 'pid' | 'exited' | 'stop'> => {
  const released = exited.then(async (exit) => {
    await release();
    return exit;
  });
  return {
    pid,
    exited: released,
    stop: async () => {
      await stop();
      await released;
    },
  };
};
