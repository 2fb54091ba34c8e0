import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { as, type OsUser } from './os-user';
import { readPostmasterFile } from './postmaster';
import { openServerLog, type ServerLog } from './server-log';

/** How the server ended. */
export type PostgresExit = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether `stop` asked for it; otherwise the server died. */
  readonly stopped: boolean;
  /** The last lines of the server's log. */
  readonly logTail: string;
};

/** A server that accepts connections. */
export type Server = {
  readonly pid: number;
  readonly exited: Promise<PostgresExit>;
  readonly stop: () => Promise<void>;
};

/** The server ended before it accepted connections. */
export class PostgresStartError extends Error {
  constructor(readonly exit: PostgresExit) {
    super(`PostgreSQL did not start (${exit.signal ?? `exit code ${exit.code}`}). It last said:\n${exit.logTail}`);
  }
}

/** PostgreSQL's own configuration parameters by name. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

export type Launch = {
  readonly binaries: string;
  /** PostgreSQL's data folder, its real path. */
  readonly data: string;
  readonly dataDir: string;
  readonly user: OsUser;
  readonly port: number;
  readonly settings: Settings;
  readonly log: (line: string) => void;
};

const STOP_PATIENCE_MS = 20_000;
const NOTICE_AFTER_MS = 5_000;

/** Starts the server and waits, as long as it lives, until it accepts connections. */
export const launch = async (options: Launch): Promise<Server> => {
  const log = await openServerLog(options.dataDir);
  let stopping: Promise<void> | undefined;
  const child = await spawnServer(options, log).catch(async (error: unknown) => {
    await log.close();
    throw error;
  });
  const exited = ended(child).then(async ({ code, signal }) => {
    const logTail = await log.tail();
    await log.close();
    return { code, signal, stopped: stopping !== undefined, logTail };
  });
  const pid = await acceptsConnections(child, exited, options);
  return { pid, exited, stop: () => (stopping ??= stop(child, exited)) };
};

const spawnServer = async (options: Launch, log: ServerLog): Promise<ChildProcess> => {
  const child = spawn(
    join(options.binaries, 'bin/postgres'),
    ['-D', options.data, ...parameters(options)],
    // Its own process group: a Ctrl-C in the terminal is for the supervisor, who stops the server last.
    { ...as(options.user), detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  await once(child, 'spawn');
  return child;
};

/** What makes the server safe and local is said last and cannot be overruled. */
const parameters = ({ port, settings }: Launch): string[] =>
  Object.entries({
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    full_page_writes: 'on',
    logging_collector: 'off',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** A supervisor that ends without having called `stop` takes the server along. */
const ended = (child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> =>
  new Promise((resolve) => {
    const shutDown = () => void child.kill('SIGINT');
    process.once('exit', shutDown);
    child.once('exit', (code, signal) => {
      process.off('exit', shutDown);
      resolve({ code, signal });
    });
  });

const acceptsConnections = async (
  child: ChildProcess,
  exited: Promise<PostgresExit>,
  { data, log }: Launch,
): Promise<number> => {
  const wait = new AbortController();
  const ready = async () => {
    const noticeAt = Date.now() + NOTICE_AFTER_MS;
    let noticed = false;
    for (;;) {
      const file = await readPostmasterFile(data);
      if (file && file.pid === child.pid && file.status === 'ready') return file.pid;
      if (!noticed && Date.now() > noticeAt) {
        noticed = true;
        log(`PostgreSQL is still starting, probably replaying its log after a crash; waiting (${data})`);
      }
      await sleep(10, undefined, { signal: wait.signal });
    }
  };
  const failed = exited.then((exit) => {
    throw new PostgresStartError(exit);
  });
  try {
    return await Promise.race([ready(), failed]);
  } finally {
    wait.abort();
    failed.catch(() => undefined); // a later end is reported by `exited`
  }
};

/** A fast shutdown (clients are disconnected, everything is flushed); a server that hangs in it is cut off. */
const stop = async (child: ChildProcess, exited: Promise<PostgresExit>): Promise<void> => {
  child.kill('SIGINT');
  const cutOff = setTimeout(() => child.kill('SIGQUIT'), STOP_PATIENCE_MS);
  await exited;
  clearTimeout(cutOff);
};
