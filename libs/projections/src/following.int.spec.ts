import type { Pool } from 'pg';

import { until } from '../../../test/stores';
import { openDatabase, type TestDatabase, untilAt, Workers } from '../test/fixtures';
import { MemoryLog } from '../test/memory-log';
import { boxes, numbers } from '../test/views';
import { type Database, rebuild, startProjections, status } from '.';

let testDatabase: TestDatabase;
let pool: Pool;
let database: Database;
const workers = new Workers();
const fast = { leaseMs: 1_000, quietMs: 50 };

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
});
afterAll(() => testDatabase.close());
beforeEach(() => (database = testDatabase.fresh()));
afterEach(() => workers.stopAll());

const rowsOf = async (table: string, order: string): Promise<Record<string, unknown>[]> =>
  (await pool.query<Record<string, unknown>>(`select * from ${database.schema}.${table} order by ${order}`)).rows;

const reportOf = async (view: string) => (await status(database)).find((report) => report.view === view);

const fillWithBoxes = (log: MemoryLog, count: number): void => {
  for (let index = 0; index < count; index++) {
    const stream = `box-${index % 50}`;
    if (index < 50) log.append(stream, 'box-opened', { size: index });
    else if (index % 97 === 0) log.append(stream, 'box-closed', {});
    else if (index % 89 === 0) log.append(stream, 'box-opened', { size: -index });
    else log.append(stream, 'box-resized', { size: index });
  }
};

describe('a view that follows the log', () => {
  it('given a log, when a worker starts, then the rows are there and every event has its number', async () => {
    const log = new MemoryLog();
    fillWithBoxes(log, 1_000);
    await workers.start({ database, source: log.source, views: [boxes, numbers], settings: fast });

    await untilAt(database, 'boxes@1', log.head);
    await untilAt(database, 'numbers@1', log.head);

    const seen = await rowsOf('number', 'n');
    expect(seen.map(({ n }) => n)).toEqual(log.events.map((_, index) => String(index + 1)));
    expect(seen.map(({ id }) => id)).toEqual(log.events.map(({ id }) => id));
    expect(seen[0]?.['data']).toEqual({ size: 0 });
    const sizes = new Map<string, number>();
    for (const { stream, type, data } of log.events) {
      if (type === 'box-closed') sizes.delete(stream);
      else if (type === 'box-opened' || sizes.has(stream)) sizes.set(stream, (data as { size: number }).size);
    }
    const kept = await rowsOf('box', 'id');
    expect(new Map(kept.map(({ id, size }) => [`box-${String(id)}`, size]))).toEqual(sizes);
  });

  it('given a view at the head, when an event comes, then it is there at once', async () => {
    const log = new MemoryLog();
    log.append('box-1', 'box-opened', { size: 1 });
    await workers.start({ database, source: log.source, views: [boxes], settings: fast });
    await untilAt(database, 'boxes@1', log.head);

    log.append('box-1', 'box-resized', { size: 2 });
    await untilAt(database, 'boxes@1', log.head);

    expect(await rowsOf('box', 'id')).toMatchObject([{ id: '1', size: 2, ordinal: '2' }]);
    expect(await reportOf('boxes')).toMatchObject({ live: true, status: 'running', handled: 2n, parkedEvents: 0 });
  });

  it('given events that the view does not read, when they come, then its place passes them at once', async () => {
    const log = new MemoryLog();
    log.append('box-1', 'box-opened', { size: 1 });
    await workers.start({ database, source: log.source, views: [boxes], settings: { ...fast, quietMs: 3_600_000 } });
    await untilAt(database, 'boxes@1', log.head);

    log.append('ship-1', 'ship-launched', {});
    await untilAt(database, 'boxes@1', log.head);

    expect(await reportOf('boxes')).toMatchObject({ handled: 1n });
  });

  it('given only notices of what others do, when it is quiet, then the saved place follows them to near the head', async () => {
    const log = new MemoryLog();
    log.append('box-1', 'box-opened', { size: 1 });
    await workers.start({ database, source: log.source, views: [boxes], settings: fast });
    await untilAt(database, 'boxes@1', log.head);

    await untilAt(database, 'boxes@1', log.passBy());
    await workers.stopAll();
    const deliveredBefore = log.delivered;
    await workers.start({ database, source: log.source, views: [boxes], settings: fast });
    await until('it has caught up again', async () => (await reportOf('boxes'))?.status === 'running');

    expect(log.delivered).toBe(deliveredBefore);
  });

  it('given categories that are not the view’s, then their events take no number', async () => {
    const log = new MemoryLog();
    log.append('box-1', 'box-opened', { size: 1 });
    log.append('access-1', 'register-read', {});
    log.append('box-1', 'box-resized', { size: 2 });
    await workers.start({ database, source: log.source, views: [numbers], settings: fast });
    await untilAt(database, 'numbers@1', log.head);

    expect(await rowsOf('number', 'n')).toMatchObject([
      { n: '1', category: 'box' },
      { n: '2', category: 'box' },
    ]);
  });

  it('given positions above 2^53, then the place is kept to the last digit', async () => {
    const log = new MemoryLog({ firstPosition: 2n ** 53n + 1n });
    log.append('box-1', 'box-opened', { size: 1 });
    log.append('box-1', 'box-resized', { size: 2 });
    await workers.start({ database, source: log.source, views: [boxes], settings: fast });
    await untilAt(database, 'boxes@1', log.head);
    await workers.stopAll();

    expect((await reportOf('boxes'))?.position).toEqual({
      commit: 9_007_199_254_741_093n,
      prepare: 9_007_199_254_741_093n,
    });
  });

  it('given a restart, then it goes on where it was, and no event is handled twice', async () => {
    const log = new MemoryLog();
    fillWithBoxes(log, 300);
    await workers.start({ database, source: log.source, views: [numbers], settings: fast });
    await untilAt(database, 'numbers@1', log.head);
    await workers.stopAll();
    log.append('box-1', 'box-resized', { size: 2 });
    const deliveredBefore = log.delivered;

    await workers.start({ database, source: log.source, views: [numbers], settings: fast });
    await untilAt(database, 'numbers@1', log.head);

    expect(log.delivered - deliveredBefore).toBe(1);
    expect((await rowsOf('number', 'n')).map(({ id }) => id)).toEqual(log.events.map(({ id }) => id));
  });

  it('given a checkpoint of another log, when it starts, then it is refused and told what to do', async () => {
    const log = new MemoryLog();
    log.append('box-1', 'box-opened', { size: 1 });
    await workers.start({ database, source: log.source, views: [boxes], settings: fast });
    await untilAt(database, 'boxes@1', log.head);
    await workers.stopAll();

    await expect(
      startProjections({ database, source: log.source, installation: 'log-2', views: [boxes] }),
    ).rejects.toMatchObject({
      code: 'CHECKPOINT_FOREIGN',
      message: expect.stringMatching(
        /boxes@1 was built from the log log-1, and this log is log-2: .*rebuild/,
      ) as string,
    });
    expect(await rowsOf('box', 'id')).toHaveLength(1);
  });

  it('given the same version with other tables, when it starts, then it is refused', async () => {
    const log = new MemoryLog();
    await workers.start({ database, source: log.source, views: [boxes], settings: fast });
    await workers.stopAll();
    const [table] = boxes.tables;
    const changed = { ...boxes, tables: [{ ...table, indexes: [] }] as const };

    await expect(
      startProjections({ database, source: log.source, installation: 'log-1', views: [changed] }),
    ).rejects.toMatchObject({ code: 'VIEW_CHANGED' });
  });
});

describe('a view that is built again', () => {
  it('given rows that are wrong, when it is rebuilt under its worker, then they are right and equal to before', async () => {
    const log = new MemoryLog();
    fillWithBoxes(log, 500);
    await workers.start({ database, source: log.source, views: [boxes, numbers], settings: fast });
    await untilAt(database, 'boxes@1', log.head);
    await untilAt(database, 'numbers@1', log.head);
    const before = [await rowsOf('box', 'id'), await rowsOf('number', 'n')];
    await pool.query(`update ${database.schema}.rm_box_v1 set size = 0`);

    await rebuild(database, 'log-1', boxes);
    await rebuild(database, 'log-1', numbers);
    log.append('ship-1', 'ship-launched', {});
    await untilAt(database, 'boxes@1', log.head);
    await untilAt(database, 'numbers@1', log.head);

    const after = [await rowsOf('box', 'id'), (await rowsOf('number', 'n')).slice(0, -1)];
    expect(after).toEqual(before);
  });

  it('given the schema dropped under a running worker, then it builds everything again by itself', async () => {
    const log = new MemoryLog();
    fillWithBoxes(log, 300);
    await workers.start({ database, source: log.source, views: [numbers], settings: fast });
    await untilAt(database, 'numbers@1', log.head);
    const before = await rowsOf('number', 'n');

    await pool.query(`drop schema ${database.schema} cascade`);
    await until('the schema is there again', async () => {
      const { rows } = await pool.query<{ there: boolean }>(`select to_regclass($1) is not null as there`, [
        `${database.schema}.number`,
      ]);
      return rows[0]?.there === true;
    });
    await untilAt(database, 'numbers@1', log.head);

    expect(await rowsOf('number', 'n')).toEqual(before);
  });
});
