import { setTimeout as sleep } from 'node:timers/promises';

import { DEAL } from '@tempore/deals';
import { DOCKET } from '@tempore/dockets';
import { NOTICE } from '@tempore/notices';
import type { Position } from '@tempore/kernel';

import { readPlace } from './place';
import type { Stores } from './stores';

type FollowedStores = Pick<Stores, 'eventStore' | 'readSide' | 'installationId'>;

/** Held by the one active reactor, for as long as it is. */
export const REACTOR_LOCK = 'tempore:reactor';

/**
 * The processes of the reactor that go on from what falls due, and the categories that they follow. Those that first
 * give whoever began something the time to end it are not among them: nothing that falls due waits for them.
 */
const FOLLOWERS: Readonly<Record<string, readonly string[]>> = {
  'deal-registration': [DEAL, DOCKET],
  'docket-settling': [DOCKET],
  'claim-notices': [DOCKET],
  'notice-mail': [NOTICE],
};

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 20;

/**
 * Waits until the reactor has done what the log leaves to it, and what that leaves to it in turn. Tells whether it has:
 * not where no reactor is active, or where it takes too long.
 */
export const followedUp = async (stores: FollowedStores): Promise<boolean> => {
  const timeIsUp = AbortSignal.timeout(PATIENCE_MS);
  while (!timeIsUp.aborted && (await isReactorActive(stores))) {
    if (await isNothingLeft(stores, timeIsUp)) return true;
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

/** A place stands behind all that was done on the way to it, so what one process left to another is seen by this look. */
const isNothingLeft = async (stores: FollowedStores, signal: AbortSignal): Promise<boolean> => {
  const { readSide, installationId } = stores;
  const places = await Promise.all(
    Object.entries(FOLLOWERS).map(async ([process, categories]) => ({
      from: await readPlace(readSide.pool, { process, installationId }),
      categories,
    })),
  );
  const done = await Promise.all(places.map((place) => isAtItsEnd(stores, { ...place, signal })));
  return done.every(Boolean);
};

interface Followed {
  readonly categories: readonly string[];
  readonly from: Position | undefined;
  readonly signal: AbortSignal;
}

const isAtItsEnd = async ({ eventStore }: FollowedStores, followed: Followed): Promise<boolean> => {
  const beyond = eventStore.readAll({ ...followed, batchSize: 1 })[Symbol.asyncIterator]();
  const { done } = await beyond.next();
  await beyond.return?.();
  return done === true && !followed.signal.aborted;
};
