import type { Pool, PoolClient } from 'pg';

import { until } from '../../../test/stores';
import { openDatabase, type TestDatabase, untilAt, Workers } from '../test/fixtures';
import { MemoryLog } from '../test/memory-log';
import { boxes } from '../test/views';
import { type Database, rebuild, rebuildBeside, retryParked } from '.';

let testDatabase: TestDatabase;
let pool: Pool;
let database: Database;
let log: MemoryLog;
const workers = new Workers();
const fast = { leaseMs: 60_000, quietMs: 50 };

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
});
afterAll(() => testDatabase.close());
beforeEach(async () => {
  database = testDatabase.fresh();
  log = new MemoryLog();
  log.append('box-1', 'box-opened', { size: 1 });
  log.append('box-2', 'box-opened', { size: 1 });
  log.append('box-2', 'box-weighed', { weight: 2 ** 40 });
  await workers.start({ database, source: log.source, views: [boxes], settings: fast });
  await untilAt(database, 'boxes@1', log.head);
  await workers.stopAll();
});
afterEach(() => workers.stopAll());

/** Works on a connection of its own, within a transaction that it ends itself. */
const onConnection = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
};

/** Until so many of this database's statements wait for a lock. */
const untilWaiting = (count: number): Promise<void> =>
  until(`${count} wait for a lock`, async () => {
    const { rowCount } = await pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rowCount === count;
  });

/** What changes more than rows of a view. */
const changes: [string, () => Promise<unknown>][] = [
  ['rebuilt', () => rebuild(database, 'log-1', boxes)],
  ['rebuilt beside', () => rebuildBeside({ database, source: log.source, view: boxes })],
  [
    'given the events that were parked for it',
    () => retryParked({ database, source: log.source, view: boxes }, 'box-2'),
  ],
];

describe('two that want the same tables', () => {
  it.each(changes)(
    'given a worker that has written rows and not its checkpoint, when its view is %s, then neither is in the way of the other for ever',
    async (_, change) => {
      await onConnection(async (worker) => {
        await worker.query(`update ${database.schema}.rm_box_v1 set size = 7 where id in ('1', '2')`);
        const changing = change();
        await untilWaiting(1);
        await worker.query(`update ${database.schema}.checkpoints set heartbeat_at = now() where view = 'boxes'`);
        await worker.query('commit');
        await changing;
      });
    },
  );

  it.each(changes.slice(0, 2))(
    'given a reader that comes while its view waits to be %s, then both get what they want',
    async (_, change) => {
      await onConnection(async (other) => {
        await other.query(`lock table ${database.schema}.rm_box_v1 in access exclusive mode`);
        const changing = change();
        await untilWaiting(1);
        const reading = pool.query(`select from ${database.schema}.box`);
        await untilWaiting(2);
        await other.query('commit');
        await changing;
        // What it read was emptied, or built anew with both of its rows.
        expect([0, 2]).toContain((await reading).rowCount);
      });
    },
  );
});
