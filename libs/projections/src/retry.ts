import type { ClientBase } from 'pg';

import { tellChanged, type ViewVersion } from './checkpoint';
import { type Database, inTransaction, qualified, type Queryable } from './database';
import { isPoison, messageOf, ProjectionError } from './errors';
import { interpret, type ParkedEvent } from './interpret';
import { showParked } from './parked';
import type { LogSource } from './log-source';
import { type PreparedView, prepareView } from './prepare';
import type { Projection } from './projection';
import { type States, statesOf } from './states';
import { holdOffWriters, idOf, tableNames, tableOf } from './tables';
import { write } from './write';

export type RetryOutcome =
  | { readonly outcome: 'unparked'; readonly events: number }
  /** Nothing changed: all events of the stream wait on. */
  | { readonly outcome: 'failed'; readonly event: ParkedEvent; readonly error: string };

/**
 * Projects the events of a stream that wait for a view, in order and all of them or none, so that later ones follow
 * again. Rows that also other streams write may come out as of a later moment than a rebuild would leave them.
 *
 * Throws `VIEW_UNKNOWN` where no event of the stream waits for the view.
 */
export const retryParked = async (
  { database, source, view }: { readonly database: Database; readonly source: LogSource; readonly view: Projection },
  stream: string,
): Promise<RetryOutcome> => {
  let attempted: ParkedEvent | undefined;
  try {
    return await inTransaction(database.pool, async (tx) => {
      await holdOffWriters(tx, database, { version: view.version, tables: tableNames(view) });
      await interrupt(tx, database, view);
      const waiting = await showParked(database, view, stream, tx);
      if (waiting.length === 0)
        throw new ProjectionError('VIEW_UNKNOWN', `no event of ${stream} waits for ${idOf(view)}`);
      const prepared = prepareView(view);
      const states = statesOf(prepared, source);
      for (const parked of waiting) {
        attempted = parked;
        await project(tx, database, prepared, states, parked);
      }
      await tx.query(`delete from ${qualified(database, 'parked')} where view = $1 and version = $2 and stream = $3`, [
        view.name,
        view.version,
        stream,
      ]);
      return { outcome: 'unparked' as const, events: waiting.length };
    });
  } catch (error) {
    if (!attempted || !(error instanceof StillPoison || isPoison(error))) throw error;
    const reason = messageOf(error);
    await database.pool.query(
      `update ${qualified(database, 'parked')} set error = $4, attempts = attempts + 1
       where view = $1 and version = $2 and ordinal = $3`,
      [view.name, view.version, attempted.ordinal.toString(), reason.replaceAll('\0', '')],
    );
    return { outcome: 'failed', event: attempted, error: reason };
  }
};

class StillPoison extends Error {
  override readonly name = 'StillPoison';
}

const project = async (
  tx: ClientBase,
  database: Database,
  prepared: PreparedView,
  states: States | undefined,
  { event, ordinal }: ParkedEvent,
): Promise<void> => {
  const parkedStreams = new Set<string>();
  const before = await states?.before([event], parkedStreams);
  const interpreted = interpret(prepared, { handled: ordinal - 1n, parkedStreams, states: before }, [event]);
  const reason = interpreted.stoppedAt?.error ?? interpreted.parked[0]?.error;
  if (reason != null) throw new StillPoison(reason);
  await write(tx, prepared, interpreted, (table) => tableOf(database, prepared.view, table));
  states?.keep(interpreted.folded);
};

/** Lets a view that has stopped try again, by whichever worker takes it. Throws `VIEW_UNKNOWN` where it has not. */
export const resume = (database: Database, view: ViewVersion): Promise<void> =>
  inTransaction(database.pool, async (tx) => {
    const { rowCount } = await tx.query(
      `update ${qualified(database, 'checkpoints')} set status = 'building', token = token + 1
       where view = $1 and version = $2 and status = 'stopped'`,
      [view.name, view.version],
    );
    if (rowCount === 0) throw new ProjectionError('VIEW_UNKNOWN', `no view ${idOf(view)} has stopped`);
    await tellChanged(tx, database);
  });

/**
 * Takes the view from its worker for the rest of the transaction: what it has under way is rolled back, and it begins
 * anew from what this transaction leaves.
 */
export const interrupt = async (tx: Queryable, database: Database, view: ViewVersion): Promise<void> => {
  const { rowCount } = await tx.query(
    `update ${qualified(database, 'checkpoints')} set token = token + 1 where view = $1 and version = $2`,
    [view.name, view.version],
  );
  if (rowCount === 0) throw new ProjectionError('VIEW_UNKNOWN', `there is no view ${idOf(view)}`);
};
