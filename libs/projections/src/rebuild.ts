import { setTimeout as sleep } from 'node:timers/promises';

import { comparePositions, type Position } from '@tempore/kernel';

import { type Database, inTransaction } from './database';
import { ProjectionError } from './errors';
import type { Projection } from './projection';
import { status } from './status';
import { checkDeclaration, idOf } from './tables';
import { buildAfresh, lockView } from './views';
import { ensureSchema } from './schema';

/** Where a view that is being built has got to. */
export interface BuildProgress {
  readonly handled: bigint;
  readonly eventsPerSecond: number;
  /** From 0 to 1, by the place in the log. */
  readonly share: number;
  /** Undefined until there is a rate to tell it from. */
  readonly secondsLeft: number | undefined;
}

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
  view: Pick<Projection, 'name' | 'version'>,
  { head, onProgress, signal, everyMs = 250 }: FollowBuild,
): Promise<void> => {
  const began = performance.now();
  let first: { readonly handled: bigint; readonly share: number } | undefined;
  for (;;) {
    const report = (await status(database)).find((one) => one.view === view.name && one.version === view.version);
    if (!report) throw new ProjectionError('VIEW_UNKNOWN', `there is no view ${idOf(view)}`);
    if (report.status === 'stopped')
      throw new ProjectionError('VIEW_STOPPED', `${idOf(view)} has stopped: ${report.error ?? ''}`);
    const isThere = report.position !== undefined && comparePositions(report.position, head) >= 0;
    const share = isThere ? 1 : shareOf(report.position, head);
    first ??= { handled: report.handled, share };
    const seconds = (performance.now() - began) / 1000;
    const gained = share - first.share;
    onProgress?.({
      handled: report.handled,
      eventsPerSecond: seconds > 0 ? Number(report.handled - first.handled) / seconds : 0,
      share,
      secondsLeft: isThere ? 0 : gained > 0 ? ((1 - share) * seconds) / gained : undefined,
    });
    // A quiet log ends in events of others: the view is there when it says so.
    if (isThere || report.status === 'running') return;
    await sleep(everyMs, undefined, { signal });
  }
};

const PRECISION = 1_000_000n;

const shareOf = (position: Position | undefined, head: Position): number =>
  position && head.commit > 0n ? Number((position.commit * PRECISION) / head.commit) / Number(PRECISION) : 0;
