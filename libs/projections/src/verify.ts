import { comparePositions, type Position } from '@tempore/kernel';

import { compareTables, isEqual, type TableComparison } from './compare';
import { inTransaction } from './database';
import { ProjectionError } from './errors';
import { parkedStreams } from './parked';
import { replayBeside, type ReplayOptions } from './scratch';
import { idOf, tableOf } from './tables';
import { placeOf } from './views';

export interface Verification {
  /** `deals@1`. */
  readonly view: string;
  /** The place at which both were compared; undefined where the view has handled nothing yet. */
  readonly position: Position | undefined;
  readonly handled: bigint;
  /** Left is the view, right the fresh replay. */
  readonly tables: readonly TableComparison[];
  /** Streams of which events wait for the view: their rows may rightly differ. */
  readonly parkedStreams: readonly string[];
  readonly equal: boolean;
}

/**
 * Replays the log into a scratch schema up to the very place at which the view stands, and compares row by row. The
 * view's worker goes on meanwhile: its rows are taken together with its checkpoint, from one snapshot.
 */
export const verify = (options: ReplayOptions): Promise<Verification> =>
  replayBeside(options, async (replay, scratch) => {
    const { database, view, signal } = options;
    const waiting = await parkedStreams(database, view);
    return inTransaction(
      database.pool,
      async (tx) => {
        const position = await placeOf(tx, database, view);
        if (replay.position && (!position || comparePositions(position, replay.position) < 0))
          throw new ProjectionError('VERSION_NOT_READY', `${idOf(view)} was rebuilt meanwhile: verify it again`);
        if (position) await replay.advance(position, (work) => work(tx), signal);
        const tables: TableComparison[] = [];
        for (const { name } of view.tables)
          tables.push(await compareTables(tx, name, tableOf(database, view, name), tableOf(scratch, view, name)));
        const equal = tables.every(isEqual);
        return { view: idOf(view), position, handled: replay.handled, tables, parkedStreams: [...waiting], equal };
      },
      'begin isolation level repeatable read',
    );
  });
