import { setTimeout as sleep } from 'node:timers/promises';

import { comparePositions, type Position } from '@tempore/kernel';
import { Client, escapeIdentifier } from 'pg';

import { fromText, type ViewStatus } from './checkpoint';
import { qualified } from './database';
import { isMissing, ProjectionError } from './errors';
import { channelOf } from './schema';

export interface ViewWatchOptions {
  readonly connectionString: string;
  readonly schema: string;
  /**
   * How often the connection is tried, and how long it may take: one that stays open and loses everything would else be
   * listened to for ever. 10 seconds.
   */
  readonly pulseMs?: number;
  /** Told when the connection was lost and will be tried again. */
  readonly onReconnect?: (error: unknown, delayMs: number) => void;
}

/** Knows how far the live views are, from any process, without asking the database for every question. */
export interface ViewWatch {
  /**
   * Resolves once what readers of the view see includes everything at or before the place. Rejects with
   * `VIEW_BEHIND` when the time is over, and with `VIEW_STOPPED` where the view stands before the place and has stopped.
   */
  reached(view: string, position: Position, timeoutMs: number): Promise<void>;
  /** Whether readers see a version that has stopped: what they read grows no further. */
  hasStopped(view: string): boolean;
  close(): Promise<void>;
}

/** Opens the watch on a connection of its own; the state is known when this resolves. */
export const openViewWatch = async (options: ViewWatchOptions): Promise<ViewWatch> => {
  const watch = new Watch(options);
  await watch.open();
  return watch;
};

interface State {
  readonly position: Position | undefined;
  readonly status: ViewStatus;
}

interface ToldRow {
  readonly view: string;
  readonly version: number;
  readonly position: string | null;
  readonly status: ViewStatus;
}

interface StateRow extends ToldRow {
  readonly live: boolean;
}

const versionKey = ({ view, version }: Pick<ToldRow, 'view' | 'version'>): string => `${view}@${version}`;

const stateFrom = ({ position, status }: ToldRow): State => ({ position: fromText(position), status });

/** Before the first worker has made the schema there is nothing to read; it tells when it has. */
const readStates = (client: Client, database: ViewWatchOptions): Promise<StateRow[]> =>
  client
    .query<StateRow>(
      `select c.view, c.version, c.position, c.status, l.version is not null as live
       from ${qualified(database, 'checkpoints')} c
       left join ${qualified(database, 'live')} l on l.view = c.view and l.version = c.version`,
    )
    .then(
      ({ rows }) => rows,
      (error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      },
    );

/** What is told while the state is being read comes behind the rows and before their end, and is newer than they are. */
interface Reading {
  readonly told: Map<string, State>;
  /** Told that something else than progress happened: the rows to come may not know it. */
  isStale: boolean;
}

interface Waiter {
  readonly view: string;
  readonly position: Position;
  readonly settle: (error?: ProjectionError) => void;
}

interface Connection {
  readonly client: Client;
  /** Resolves to why, once the connection is over. */
  readonly lost: Promise<unknown>;
}

/**
 * Listens from before the first byte: a client that nobody listens to ends the process when its wire is cut, and one that
 * is cut before somebody waits for its end would be waited for in vain.
 */
const watched = (client: Client): Connection => {
  let cause: unknown = new Error('the connection ended');
  client.on('error', (error) => (cause = error));
  const lost = new Promise((resolve) => {
    client.once('end', () => {
      resolve(cause);
    });
  });
  return { client, lost };
};

const MAX_RETRY_MS = 5_000;
const PULSE_MS = 10_000;

class Watch implements ViewWatch {
  /** By view and version: `deals@1`. */
  private states = new Map<string, State>();
  private live = new Map<string, number>();
  private reading: Reading | undefined;
  private readonly waiters = new Set<Waiter>();
  private readonly closing = new AbortController();
  private client: Client | undefined;

  private readonly pulseMs: number;

  constructor(private readonly options: ViewWatchOptions) {
    this.pulseMs = options.pulseMs ?? PULSE_MS;
  }

  async open(): Promise<void> {
    this.keep(await this.connect());
  }

  reached(view: string, position: Position, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiter.settle(
          new ProjectionError('VIEW_BEHIND', `${view} has not caught up within ${timeoutMs} ms: ask again later`),
        );
      }, timeoutMs);
      const waiter: Waiter = {
        view,
        position,
        settle: (error) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          if (error) reject(error);
          else resolve();
        },
      };
      this.waiters.add(waiter);
      this.answer(waiter);
    });
  }

  hasStopped(view: string): boolean {
    return this.stateOf(view)?.status === 'stopped';
  }

  async close(): Promise<void> {
    this.closing.abort();
    for (const { view, settle } of this.waiters)
      settle(new ProjectionError('VIEW_BEHIND', `${view} is no longer watched: this process is stopping`));
    await this.client?.end().catch(() => undefined);
  }

  private answer({ view, position, settle }: Waiter): void {
    const state = this.stateOf(view);
    if (!state) return;
    if (state.position && comparePositions(state.position, position) >= 0) settle();
    else if (state.status === 'stopped')
      settle(new ProjectionError('VIEW_STOPPED', `${view} has stopped: an operator has to look at its error`));
  }

  private stateOf(view: string): State | undefined {
    const version = this.live.get(view);
    return version === undefined ? undefined : this.states.get(versionKey({ view, version }));
  }

  /** Listens first and reads the state then: nothing is missed between the two. Leaves no connection half made. */
  private async connect(): Promise<Connection> {
    const { connectionString } = this.options;
    const client = new Client({
      connectionString,
      keepAlive: true,
      connectionTimeoutMillis: this.pulseMs,
      query_timeout: this.pulseMs,
    });
    const connection = watched(client);
    client.on('notification', ({ payload = '' }) => {
      this.hear(client, payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${escapeIdentifier(channelOf(this.options))}`);
      await this.read(client);
      return connection;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
  }

  private async read(client: Client): Promise<void> {
    const reading: Reading = { told: new Map(), isStale: false };
    this.reading = reading;
    const rows = await readStates(client, this.options).finally(() => (this.reading = undefined));
    const read = rows.map((row): [string, State] => [versionKey(row), stateFrom(row)]);
    this.states = new Map([...read, ...reading.told]);
    this.live = new Map(rows.filter(({ live }) => live).map(({ view, version }) => [view, version]));
    for (const waiter of this.waiters) this.answer(waiter);
    if (reading.isStale) await this.read(client);
  }

  private hear(client: Client, payload: string): void {
    const told = JSON.parse(payload) as ToldRow | { view?: undefined };
    if (told.view === undefined) {
      if (this.reading) this.reading.isStale = true;
      else this.read(client).catch(() => client.end().catch(() => undefined));
      return;
    }
    this.states.set(versionKey(told), stateFrom(told));
    this.reading?.told.set(versionKey(told), stateFrom(told));
    for (const waiter of this.waiters) if (waiter.view === told.view) this.answer(waiter);
  }

  private isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  /** Opens a new connection when this one is lost, until the watch is closed. */
  private keep({ client, lost }: Connection): void {
    this.client = client;
    let cause: unknown;
    const pulse = setInterval(() => {
      client.query('select 1').catch((error: unknown) => {
        cause ??= error;
        void client.end().catch(() => undefined);
      });
    }, this.pulseMs);
    void lost.then((error) => {
      clearInterval(pulse);
      if (!this.isClosed()) void this.reopen(cause ?? error);
    });
  }

  private async reopen(cause: unknown): Promise<void> {
    const { signal } = this.closing;
    for (let tries = 0; !signal.aborted; tries++) {
      const delay = Math.min(100 * 2 ** tries, MAX_RETRY_MS);
      this.options.onReconnect?.(cause, delay);
      await sleep(delay, undefined, { signal }).catch(() => undefined);
      try {
        const connection = await this.connect();
        this.keep(connection);
        if (this.isClosed()) await connection.client.end();
        return;
      } catch (error) {
        cause = error;
      }
    }
  }
}
