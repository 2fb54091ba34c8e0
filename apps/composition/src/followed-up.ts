import { setTimeout as sleep } from 'node:timers/promises';

import { categoriesOf, processes } from '@tempore/acts';
import { comparePositions, type Position } from '@tempore/kernel';

import { readPlace } from './place';
import type { Stores } from './stores';

type FollowedStores = Pick<Stores, 'eventStore' | 'readSide' | 'installationId'>;

/** Held by the one active reactor, for as long as it is. */
export const REACTOR_LOCK = 'tempore:reactor';

/**
 * The processes that go on from what falls due. Those that first give whoever began something the time to end it are not
 * among them: nothing that falls due waits for them.
 */
const followers = processes.filter(({ graceMs }) => graceMs === 0);

/** One process leaves work to the next: a registration to a notice, a notice to a mail. */
const ROUNDS = followers.length;

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 20;

/**
 * Waits until the reactor has done what the log leaves to it, and what that leaves to it in turn; whatever others record
 * meanwhile is not waited for. Tells whether it has: not where no reactor is active, or where it takes too long.
 */
export const followedUp = async (stores: FollowedStores): Promise<boolean> => {
  const timeIsUp = AbortSignal.timeout(PATIENCE_MS);
  let end: Position | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const newest = await stores.eventStore.newest('everything');
    if (newest && end && comparePositions(newest, end) === 0) return true;
    end = newest;
    if (!(await hasPassed(stores, end, timeIsUp))) return false;
  }
  return true;
};

const hasPassed = async (stores: FollowedStores, end: Position | undefined, signal: AbortSignal): Promise<boolean> => {
  while (!signal.aborted && (await isReactorActive(stores))) {
    if (!end || (await areBeyond(stores, end, signal))) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
};

const isReactorActive = async ({ readSide }: FollowedStores): Promise<boolean> => {
  const { rowCount } = await readSide.pool.query(
    `SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
     WHERE datname = current_database() AND locktype = 'advisory' AND granted AND objsubid = 1
       AND (classid::bigint << 32) | objid::bigint = hashtextextended($1, 0)`,
    [REACTOR_LOCK],
  );
  return rowCount !== 0;
};

/** Whether all of them have done what stands at or before a place. */
const areBeyond = async (stores: FollowedStores, end: Position, signal: AbortSignal): Promise<boolean> => {
  const { readSide, installationId } = stores;
  const beyond = await Promise.all(
    followers.map(async (process) => {
      const from = await readPlace(readSide.pool, { process: process.name, installationId });
      return isBeyond(stores, { categories: categoriesOf(process), from, signal }, end);
    }),
  );
  return beyond.every(Boolean);
};

interface Followed {
  readonly categories: readonly string[];
  readonly from: Position | undefined;
  readonly signal: AbortSignal;
}

const isBeyond = async ({ eventStore }: FollowedStores, followed: Followed, end: Position): Promise<boolean> => {
  const left = eventStore.readAll({ ...followed, batchSize: 1 })[Symbol.asyncIterator]();
  const next = await left.next();
  await left.return?.();
  if (followed.signal.aborted) return false;
  return next.done === true || comparePositions(next.value.position, end) > 0;
};
