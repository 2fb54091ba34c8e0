import { formatPosition, parsePosition, type Position } from '@tempore/kernel';

import { type Database, qualified, type Queryable } from './database';
import { LeaseLost } from './errors';
import { keptPrepared, type Statement } from './flush';
import { channelOf } from './schema';

/** `building` until the end of the log was reached for the first time since a worker took the view over. */
export type ViewStatus = 'building' | 'running' | 'stopped';

/** A view's version as its checkpoint is kept under. */
export interface ViewVersion {
  readonly name: string;
  readonly version: number;
}

/** How far a view is, as its worker holds it. */
export interface Held extends ViewVersion {
  /** The fencing token. */
  readonly token: bigint;
  readonly position: Position | undefined;
}

export interface Reached {
  readonly position: Position | undefined;
  readonly handled: bigint;
  readonly status: ViewStatus;
  readonly error?: string | undefined;
  /** When the last handled event was recorded, where this run had one. */
  readonly lastEventAt?: string | undefined;
}

/**
 * Moves the checkpoint, extends the lease and tells whoever watches. Throws `LeaseLost` where the token is no longer
 * the newest or the checkpoint is not where this worker left it: the transaction has to be rolled back. What is written
 * `together` with it goes in the same statement, and not at all where the lease is lost.
 *
 * Commits without waiting for the disk: rows and checkpoint go together, so what a crash of the machine takes is
 * projected again.
 */
export const saveCheckpoint = async (
  tx: Queryable,
  database: Database,
  held: Held,
  reached: Reached,
  leaseMs: number,
  together: readonly Statement[] = [],
): Promise<void> => {
  const position = textOf(reached.position);
  const values: unknown[] = [
    held.name,
    held.version,
    held.token.toString(),
    textOf(held.position),
    position,
    reached.handled.toString(),
    reached.status,
    reached.error ?? null,
    reached.lastEventAt ?? null,
    leaseMs / 1000,
    channelOf(database),
    JSON.stringify({ view: held.name, version: held.version, position, status: reached.status }),
  ];
  const writes = together.map((statement, index) => {
    const sql = statement.sql(values.length + 1, 'exists (select from saved)');
    values.push(...statement.values);
    return `written_${index} as (${sql})`;
  });
  const saved = `saved as (
    update ${qualified(database, 'checkpoints')}
    set position = $5, handled = $6, status = $7, error = $8, last_event_at = coalesce($9, last_event_at),
        heartbeat_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $10)
    where view = $1 and version = $2 and token = $3 and position is not distinct from $4
    returning set_config('synchronous_commit', 'off', true)
  )`;
  const sql = `with ${[saved, ...writes].join(', ')} select pg_notify($11, $12) from saved`;
  const { rowCount } = await tx.query(keptPrepared(sql, values));
  if (rowCount !== 1)
    throw new LeaseLost(`${held.name}@${held.version} is no longer held under token ${held.token.toString()}`);
};

/** Tells watchers to read the state anew: something else than progress happened to a view. */
export const tellChanged = async (tx: Queryable, database: Database): Promise<void> => {
  await tx.query('select pg_notify($1, $2)', [channelOf(database), '{}']);
};

export const textOf = (position: Position | undefined): string | null => (position ? formatPosition(position) : null);

export const fromText = (text: string | null): Position | undefined =>
  text === null ? undefined : parsePosition(text);
