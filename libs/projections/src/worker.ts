import { setTimeout as sleep } from 'node:timers/promises';

import type { Position } from '@tempore/kernel';

import { type Reached, saveCheckpoint } from './checkpoint';
import { type Database, inTransaction, qualified } from './database';
import { LeaseLost, messageOf } from './errors';
import type { Cursor, Feed } from './feed';
import { interpret, type Interpreted } from './interpret';
import { isolating } from './isolate';
import { acquireLease, heartbeatMs, type Lease } from './lease';
import type { Delivery } from './log-source';
import { park, parkedStreams } from './parked';
import type { PreparedView } from './prepare';
import { ensureSchema } from './schema';
import { createIndexes, idOf, tableOf } from './tables';
import { ensureView } from './views';
import { write } from './write';

export interface WorkerSettings {
  /** How long a view goes without a worker when its worker dies. */
  readonly leaseMs: number;
  /** The most events in one transaction, about. */
  readonly batchSize: number;
  /** How often the place of a view on which nothing happens is saved. */
  readonly quietMs: number;
}

/** What a worker has to tell beside what `status` shows. */
export type WorkerNote =
  | { readonly kind: 'taken'; readonly view: string; readonly position: Position | undefined }
  | { readonly kind: 'lost'; readonly view: string }
  | { readonly kind: 'parked'; readonly view: string; readonly stream: string; readonly error: string }
  | { readonly kind: 'stopped'; readonly view: string; readonly error: string }
  | { readonly kind: 'failed'; readonly view: string; readonly error: unknown; readonly retryMs: number };

export interface WorkerContext {
  readonly database: Database;
  readonly feed: Feed;
  readonly prepared: PreparedView;
  readonly installation: string;
  readonly owner: string;
  readonly settings: WorkerSettings;
  readonly tell: (note: WorkerNote) => void;
}

const MAX_RETRY_MS = 5_000;

/** Keeps one view up to date until the signal is aborted: as its one active worker, or in wait for the lease. */
export const work = async (context: WorkerContext, signal: AbortSignal): Promise<void> => {
  const { database, prepared, installation, owner, settings, tell } = context;
  const { view } = prepared;
  // A new process may carry the mended code: it tries once what an earlier one stopped at.
  let evenIfStopped = true;
  for (let failures = 0; !signal.aborted;) {
    let lease: Lease | undefined;
    try {
      if (failures > 0) await ensureSchema(database);
      await ensureView(database, installation, view);
      lease = await acquireLease(database, view, { owner, leaseMs: settings.leaseMs, evenIfStopped });
      evenIfStopped = false;
      if (!lease) {
        await pause(heartbeatMs(settings.leaseMs), signal);
        continue;
      }
      tell({ kind: 'taken', view: idOf(view), position: lease.position });
      await follow(context, lease, AbortSignal.any([signal, lease.lost]), () => (failures = 0));
    } catch (error) {
      if (error instanceof LeaseLost) {
        tell({ kind: 'lost', view: idOf(view) });
      } else {
        const retryMs = Math.min(100 * 2 ** failures++, MAX_RETRY_MS);
        tell({ kind: 'failed', view: idOf(view), error, retryMs });
        await noteFailure(context, lease, error);
        await pause(retryMs, signal);
      }
    } finally {
      await lease?.release();
    }
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).then(
    () => undefined,
    () => undefined,
  );

/** Shows in the status why a view does not go on, where the database can still be told. */
const noteFailure = async ({ database }: WorkerContext, lease: Lease | undefined, error: unknown): Promise<void> => {
  if (!lease) return;
  await database.pool
    .query(
      `update ${qualified(database, 'checkpoints')} set error = $4 where view = $1 and version = $2 and token = $3`,
      [lease.name, lease.version, lease.token.toString(), messageOf(error)],
    )
    .catch(() => undefined);
};

/** Projects what the log delivers from where the view stands; returns when the view has stopped. */
const follow = async (
  context: WorkerContext,
  lease: Lease,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<void> => {
  const { feed, settings, database } = context;
  const run = new Run(context, lease, await parkedStreams(database, lease));
  const cursor = feed.open(lease.position);
  try {
    while (!signal.aborted && !run.stopped) {
      const delivery = await next(cursor, run, settings, signal);
      if (!delivery) continue;
      await run.handle(delivery);
      onProgress();
    }
    if (lease.lost.aborted) throw lease.lost.reason;
  } finally {
    cursor.close();
  }
};

/**
 * The next delivery that is worth a transaction. The place of a notice is kept aside and saved when nothing else is at
 * hand, once per `quietMs`: nobody waits for it, since events on which somebody could wait come as events.
 */
const next = async (
  cursor: Cursor,
  run: Run,
  { batchSize, quietMs }: WorkerSettings,
  signal: AbortSignal,
): Promise<Delivery | undefined> => {
  let notice: Delivery | undefined;
  for (;;) {
    const dueMs = run.savedAt + quietMs - performance.now();
    if (notice && dueMs <= 0) return notice;
    const delivery = await cursor.take({ max: batchSize, signal, ...(notice && { timeoutMs: dueMs }) });
    if (signal.aborted) return undefined;
    if (delivery && (delivery.events.length > 0 || delivery.caughtUp)) return delivery;
    notice = delivery ?? notice;
  }
};

/** One worker's time with a view: what it holds in memory is what it has committed. */
class Run {
  stopped = false;
  savedAt = performance.now();
  private position: Position | undefined;
  private handled: bigint;
  private status: Reached['status'] = 'building';
  private isIndexed: boolean;

  constructor(
    private readonly context: WorkerContext,
    private readonly lease: Lease,
    private readonly parkedStreams: Set<string>,
  ) {
    this.position = lease.position;
    this.handled = lease.handled;
    this.isIndexed = lease.isIndexed;
  }

  /** Commits a delivery, or as much of it as there is before the view has to stop. */
  async handle(delivery: Delivery): Promise<void> {
    if (delivery.caughtUp && !this.isIndexed) await this.index();
    await isolating(delivery, async ({ events, through, caughtUp }, failure) => {
      const { handled, parkedStreams } = this;
      const interpreted = interpret(this.context.prepared, { handled, parkedStreams }, events, failure);
      await this.commit(interpreted, through, caughtUp ? 'running' : this.status);
      return !this.stopped;
    });
  }

  /** Makes the indexes when the bulk of the rows is there: much less work than keeping them up row by row. */
  private async index(): Promise<void> {
    const { database, prepared } = this.context;
    const { name, version, token } = this.lease;
    await inTransaction(database.pool, async (tx) => {
      await createIndexes(tx, database, prepared.view);
      const { rowCount } = await tx.query(
        `update ${qualified(database, 'checkpoints')} set is_indexed = true
         where view = $1 and version = $2 and token = $3`,
        [name, version, token.toString()],
      );
      if (rowCount !== 1) throw new LeaseLost(`${idOf(this.lease)} was taken over while its indexes were made`);
    });
    this.isIndexed = true;
  }

  private async commit(
    interpreted: Interpreted,
    through: Position | undefined,
    status: Reached['status'],
  ): Promise<void> {
    const { database, prepared, settings, tell } = this.context;
    const { view } = prepared;
    const { rows, parked, handled, lastEventAt, stoppedAt, before } = interpreted;
    const error = stoppedAt && `${stoppedAt.event.type} ${stoppedAt.event.id}: ${stoppedAt.error}`;
    const reached: Reached = {
      position: stoppedAt ? (before ?? this.position) : through,
      handled,
      lastEventAt,
      status: stoppedAt ? 'stopped' : status,
      error,
    };
    const held = { ...this.lease, position: this.position };
    const save = (tx: Parameters<typeof saveCheckpoint>[0]): Promise<void> =>
      saveCheckpoint(tx, database, held, reached, settings.leaseMs);
    if (rows.size === 0 && parked.length === 0) await save(database.pool);
    else
      await inTransaction(
        database.pool,
        async (tx) => {
          await write(tx, prepared, interpreted, (table) => tableOf(database, view, table));
          await park(tx, database, view, parked);
          await save(tx);
        },
        // A worker that hangs amid its transaction must not hold rows longer than its lease.
        `begin; set local idle_in_transaction_session_timeout = ${Math.ceil(settings.leaseMs)}`,
      );
    this.position = reached.position;
    this.handled = handled;
    this.status = status;
    this.savedAt = performance.now();
    for (const { event, error: reason } of parked) {
      this.parkedStreams.add(event.stream);
      if (reason !== null) tell({ kind: 'parked', view: idOf(view), stream: event.stream, error: reason });
    }
    if (error !== undefined) {
      this.stopped = true;
      tell({ kind: 'stopped', view: idOf(view), error });
    }
  }
}
