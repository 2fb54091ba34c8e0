import { setTimeout as sleep } from 'node:timers/promises';

import type { Position } from '@tempore/kernel';
import { escapeIdentifier } from 'pg';

import { tellChanged, type ViewVersion } from './checkpoint';
import { type Database, inTransaction, qualified } from './database';
import { ProjectionError } from './errors';
import { park } from './parked';
import { type BuildProgress, progressMeter } from './progress';
import type { Projection } from './projection';
import { interrupt } from './retry';
import { ensureSchema } from './schema';
import { replayBeside, type ReplayOptions } from './scratch';
import { status } from './status';
import {
  checkDeclaration,
  createIndexes,
  dropTables,
  fingerprint,
  hideTables,
  holdOffWriters,
  idOf,
  showTables,
  tableNames,
  tableOf,
} from './tables';
import { buildAfresh, liveVersion, lockView, placeOf, tablesOf } from './views';

/**
 * Empties a view's version and has it built again from the beginning of the log by whichever worker runs it. Readers
 * see it grow. Events parked for it are let go: the build meets them again.
 */
export const rebuild = async (database: Database, installation: string, view: Projection): Promise<void> => {
  checkDeclaration(view);
  await ensureSchema(database);
  await inTransaction(database.pool, async (tx) => {
    await lockView(tx, database, view);
    await buildAfresh(tx, database, installation, view);
  });
};

/**
 * Builds a view's version again beside the one that readers see, and puts the new rows in its place from one moment to
 * the next, at the very place of the log where it stands: readers notice nothing but what was wrong before. Events
 * that cannot be projected are parked as they were met on the way.
 *
 * Throws `VIEW_STOPPED` where the view would stop; nothing has changed then.
 */
export const rebuildBeside = (options: ReplayOptions): Promise<void> =>
  replayBeside(options, async (replay, scratch) => {
    const { database, view, signal } = options;
    await createIndexes(database.pool, scratch, view);
    await inTransaction(database.pool, async (tx) => {
      await lockView(tx, database, view);
      const tables = await tablesOf(tx, database, view);
      await holdOffWriters(tx, database, { version: view.version, tables });
      await interrupt(tx, database, view);
      const place = await placeOf(tx, database, view);
      if (place) await replay.advance(place, (work) => work(tx), signal);
      await tx.query(
        `update ${qualified(database, 'checkpoints')} set handled = $3, tables = $4, fingerprint = $5, is_indexed = true
         where view = $1 and version = $2`,
        [view.name, view.version, replay.handled.toString(), tableNames(view), fingerprint(view)],
      );
      const isLive = (await liveVersion(tx, database, view.name))?.version === view.version;
      if (isLive) await hideTables(tx, database, tables);
      await dropTables(tx, database, tables, view.version);
      for (const name of tableNames(view))
        await tx.query(`alter table ${tableOf(scratch, view, name)} set schema ${escapeIdentifier(database.schema)}`);
      if (isLive) await showTables(tx, database, tableNames(view), view.version);
      await tx.query(`delete from ${qualified(database, 'parked')} where view = $1 and version = $2`, [
        view.name,
        view.version,
      ]);
      await park(tx, database, view, replay.parked);
      await tellChanged(tx, database);
    });
  });

export interface FollowBuild {
  /** The end of the log when the build began: that far it is followed. */
  readonly head: Position;
  readonly onProgress?: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
  readonly everyMs?: number;
}

/** Resolves when the view has got to `head`. Throws `VIEW_STOPPED` where it stops on its way. */
export const followBuild = async (
  database: Database,
  view: ViewVersion,
  { head, onProgress, signal, everyMs = 250 }: FollowBuild,
): Promise<void> => {
  const measure = progressMeter(head);
  for (;;) {
    const report = (await status(database)).find((one) => one.view === view.name && one.version === view.version);
    if (!report) throw new ProjectionError('VIEW_UNKNOWN', `there is no view ${idOf(view)}`);
    if (report.status === 'stopped')
      throw new ProjectionError('VIEW_STOPPED', `${idOf(view)} has stopped: ${report.error ?? ''}`);
    const progress = measure(report.position, report.handled);
    onProgress?.(progress);
    // The log may end in events that the view is never told of: it is there when it says so.
    if (progress.share === 1 || report.status === 'running') return;
    await sleep(everyMs, undefined, { signal });
  }
};
