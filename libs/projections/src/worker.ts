import { setTimeout as sleep } from 'node:timers/promises';

import { qualified } from './database';
import { LeaseLost, messageOf } from './errors';
import { acquireLease, heartbeatMs, type Lease } from './lease';
import { parkedStreams } from './parked';
import { Run } from './run';
import { ensureSchema } from './schema';
import { idOf } from './tables';
import { ensureView } from './views';
import type { WorkerContext } from './worker-context';

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
      const delivery = await cursor.take({ max: settings.batchSize, signal, ...run.patience() });
      if (delivery) await run.handle(delivery);
      await run.saveIfDue();
      onProgress();
    }
    if (lease.lost.aborted) throw lease.lost.reason;
  } finally {
    cursor.close();
  }
};
