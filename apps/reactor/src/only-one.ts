import type { Logger } from 'pino';
import type { Pool, PoolClient } from 'pg';

import { pause } from './pause';

const RETRY_MS = 1_000;

/** A machine that vanished without a word is given up after some 25 seconds, not after hours. */
const NOTICE_DEATH = 'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/**
 * Does `work` as the only one of all processes on this database, and again whenever the right to it was lost and got
 * back, until the signal is aborted. The right is a lock that Postgres holds for one connection: it ends with the
 * process, however that ends, and the next in line takes over. For a moment there may be two of them, the old one
 * learning last that its connection broke: what they do must bear it.
 */
export const asOnlyOne = async (
  pool: Pool,
  lock: string,
  logger: Logger,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      await holding(pool, lock, signal, work);
    } catch (error) {
      logger.error({ err: error }, 'interrupted');
    }
    await pause(RETRY_MS, signal);
  }
};

/** Does the work while it holds the lock; returns at once where somebody else does. */
const holding = async (
  pool: Pool,
  lock: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const lost = new AbortController();
  const client = await pool.connect();
  client.on('error', (error) => {
    lost.abort(error);
  });
  try {
    await client.query(NOTICE_DEATH);
    if (await tryLock(client, lock)) await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    // The lock goes with its connection.
    client.release(true);
  }
};

const tryLock = async (client: PoolClient, lock: string): Promise<boolean> => {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
    [lock],
  );
  return rows[0]?.locked === true;
};
