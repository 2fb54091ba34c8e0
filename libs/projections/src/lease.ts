import type { Position } from '@tempore/kernel';

import { fromText, type ViewVersion } from './checkpoint';
import { type Database, qualified } from './database';
import { LeaseLost } from './errors';

/** The right to write to one view, until it expires or somebody else is given it. */
export interface Lease extends ViewVersion {
  readonly token: bigint;
  /** Where the view stood when the lease was taken. */
  readonly position: Position | undefined;
  readonly handled: bigint;
  /** Whether the indexes have been made; they are when the view is first at the head. */
  readonly isIndexed: boolean;
  /** Aborted when the lease is known to be lost. */
  readonly lost: AbortSignal;
  /** Lets the next worker take over at once. Never throws: what is not released expires. */
  readonly release: () => Promise<void>;
}

export interface LeaseOptions {
  /** Tells workers apart; a worker may take its own lease again before it has expired. */
  readonly owner: string;
  readonly leaseMs: number;
  /** Takes also a view that has stopped, to try again the event at which it did. */
  readonly evenIfStopped: boolean;
}

/** Takes the view where nobody holds it; undefined where somebody does. The clock is the database's. */
export const acquireLease = async (
  database: Database,
  { name, version }: ViewVersion,
  { owner, leaseMs, evenIfStopped }: LeaseOptions,
): Promise<Lease | undefined> => {
  const checkpoints = qualified(database, 'checkpoints');
  const { rows } = await database.pool.query<{
    token: string;
    position: string | null;
    handled: string;
    is_indexed: boolean;
  }>(
    `update ${checkpoints}
     set owner = $3, token = token + 1, status = 'building', heartbeat_at = clock_timestamp(),
         lease_until = clock_timestamp() + make_interval(secs => $4)
     where view = $1 and version = $2
       and (owner = $3 or lease_until is null or lease_until < clock_timestamp())
       and (status <> 'stopped' or $5)
     returning token, position, handled, is_indexed`,
    [name, version, owner, leaseMs / 1000, evenIfStopped],
  );
  const [row] = rows;
  if (!row) return undefined;
  const token = BigInt(row.token);
  const lost = new AbortController();

  const renew = async (): Promise<boolean> => {
    const { rowCount } = await database.pool.query(
      `update ${checkpoints}
       set heartbeat_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $4)
       where view = $1 and version = $2 and token = $3 and owner = $5`,
      // By owner too: a beat that arrives behind the release must not take the lease again.
      [name, version, row.token, leaseMs / 1000, owner],
    );
    return rowCount === 1;
  };
  let renewedAt = performance.now();
  let renewing = false;
  const beat = async (): Promise<void> => {
    if (renewing) return;
    renewing = true;
    const began = performance.now();
    try {
      if (await renew()) renewedAt = began;
      else lost.abort(new LeaseLost(`${name}@${version} was taken over`));
    } catch {
      // The database is away; the lease is ours until it has expired there.
    } finally {
      renewing = false;
    }
    if (performance.now() - renewedAt > leaseMs) lost.abort(new LeaseLost(`${name}@${version} could not be renewed`));
  };
  const timer = setInterval(() => void beat(), heartbeatMs(leaseMs));

  return {
    name,
    version,
    token,
    position: fromText(row.position),
    handled: BigInt(row.handled),
    isIndexed: row.is_indexed,
    lost: lost.signal,
    release: async () => {
      clearInterval(timer);
      await database.pool
        .query(
          `update ${checkpoints} set owner = null, lease_until = null where view = $1 and version = $2 and token = $3`,
          [name, version, row.token],
        )
        .catch(() => undefined);
    },
  };
};

/** Several beats fit into a lease, so that one that comes late costs nothing. */
export const heartbeatMs = (leaseMs: number): number => Math.min(leaseMs / 4, 1_000);
