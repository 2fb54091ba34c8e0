import { subjectOf } from '@tempore/kernel';
import type { Pool } from 'pg';

import { until } from '../../../test/stores';
import { openDatabase, type TestDatabase, untilAt, Workers } from '../test/fixtures';
import { MemoryLog } from '../test/memory-log';
import { boxes } from '../test/views';
import {
  type BuildProgress,
  compareVersions,
  type Database,
  type EventView,
  followBuild,
  openViewWatch,
  put,
  rebuild,
  rebuildBeside,
  retireVersion,
  rollbackVersion,
  status,
  switchVersion,
  verify,
} from '.';

let testDatabase: TestDatabase;
let pool: Pool;
let database: Database;
let log: MemoryLog;
const workers = new Workers();
const fast = { leaseMs: 1_000, quietMs: 50 };

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
});
afterAll(() => testDatabase.close());
beforeEach(() => {
  database = testDatabase.fresh();
  log = new MemoryLog();
  for (let index = 0; index < 200; index++)
    log.append(`box-${index % 20}`, index < 20 ? 'box-opened' : 'box-resized', { size: index });
});
afterEach(() => workers.stopAll());

const start = (...views: EventView[]) => workers.start({ database, source: log.source, views, settings: fast });

const [table] = boxes.tables;
/** With one column more, and one table more. */
const boxes2: EventView = {
  ...boxes,
  version: 2,
  tables: [
    { ...table, columns: { ...table.columns, label: 'text' } },
    { name: 'box_label', columns: { id: 'text not null', label: 'text not null' }, key: ['id'] },
  ],
  project: (event, ordinal) =>
    event.type === 'box-opened'
      ? [...boxes.project(event, ordinal), put('box_label', { id: subjectOf(event.stream), label: event.id })]
      : boxes.project(event, ordinal),
};
/** A version with a mistake in it. */
const boxes3: EventView = {
  ...boxes,
  version: 3,
  project: (event, ordinal) => (event.stream === 'box-7' ? [] : boxes.project(event, ordinal)),
};

const columnsSeen = async (): Promise<string[]> => {
  const { fields } = await pool.query(`select * from ${database.schema}.box limit 0`);
  return fields.map(({ name }) => name);
};
const live = async (): Promise<number[]> =>
  (await status(database)).filter((one) => one.live).map(({ version }) => version);

describe('a new version of a view', () => {
  it('given the old one is live, when the new one is built, then readers see the old one until it is switched', async () => {
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    await start(boxes2);
    await untilAt(database, 'boxes@2', log.head);
    expect(await live()).toEqual([1]);
    expect(await columnsSeen()).not.toContain('label');

    expect(await compareVersions(database, 'boxes', 1, 2)).toMatchObject({
      equal: true,
      position: log.head,
      tables: [{ table: 'box', columns: ['id', 'size', 'weight', 'ordinal', 'history'], leftRows: 20, rightRows: 20 }],
    });
    await switchVersion(database, 'boxes', 2);

    expect(await live()).toEqual([2]);
    expect(await columnsSeen()).toContain('label');
    const labels = await pool.query(`select * from ${database.schema}.box_label`);
    expect(labels.rows).toHaveLength(20);
  });

  it('given a switch, when it is rolled back, then readers see the old one again, and forward and back as often as they like', async () => {
    await start(boxes, boxes2);
    await untilAt(database, 'boxes@1', log.head);
    await untilAt(database, 'boxes@2', log.head);
    await expect(rollbackVersion(database, 'boxes')).rejects.toMatchObject({ code: 'VERSION_NOT_READY' });
    await switchVersion(database, 'boxes', 2);

    expect(await rollbackVersion(database, 'boxes')).toBe(1);
    expect(await columnsSeen()).not.toContain('label');
    await expect(pool.query(`select * from ${database.schema}.box_label`)).rejects.toMatchObject({ code: '42P01' });
    expect(await rollbackVersion(database, 'boxes')).toBe(2);
    expect(await columnsSeen()).toContain('label');
  });

  it('given it is not built yet, when it is switched to, then that is refused and nothing has changed', async () => {
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    await start(boxes2);
    await untilAt(database, 'boxes@2', log.head);
    await workers.stopAll();
    await start(boxes);
    log.append('box-1', 'box-resized', { size: 1 });
    await untilAt(database, 'boxes@1', log.head);

    await expect(switchVersion(database, 'boxes', 2)).rejects.toMatchObject({
      code: 'VERSION_NOT_READY',
      message: expect.stringContaining('boxes@2 has not caught up with boxes@1') as string,
    });
    await expect(switchVersion(database, 'boxes', 9)).rejects.toMatchObject({ code: 'VIEW_UNKNOWN' });
    expect(await live()).toEqual([1]);
  });

  it('given a mistake in it, when it is compared, then the rows that differ are counted and shown', async () => {
    await start(boxes, boxes3);
    await untilAt(database, 'boxes@1', log.head);
    await untilAt(database, 'boxes@3', log.head);
    await pool.query(`update ${database.schema}.rm_box_v3 set size = -1 where id = '8'`);
    await pool.query(
      `insert into ${database.schema}.rm_box_v3 (id, size, ordinal, history) values ('99', 1, 9007199254740993, '[]')`,
    );

    expect(await compareVersions(database, 'boxes', 1, 3)).toMatchObject({
      equal: false,
      tables: [
        {
          leftRows: 20,
          rightRows: 20,
          onlyLeft: 1,
          onlyRight: 1,
          different: 1,
          first: [
            { key: { id: '7' }, left: { size: '187' }, right: null },
            { key: { id: '8' }, left: { size: '188' }, right: { size: '-1' } },
            { key: { id: '99' }, left: null, right: { ordinal: '9007199254740993' } },
          ],
        },
      ],
    });
  });

  it('given it is live, when it is retired, then that is refused; the other one goes, with all that was its own', async () => {
    await start(boxes, boxes2);
    await untilAt(database, 'boxes@1', log.head);
    await untilAt(database, 'boxes@2', log.head);
    await switchVersion(database, 'boxes', 2);
    await workers.stopAll();

    await expect(retireVersion(database, 'boxes', 2)).rejects.toMatchObject({ code: 'VERSION_NOT_READY' });
    await retireVersion(database, 'boxes', 1);

    expect((await status(database)).map(({ version }) => version)).toEqual([2]);
    await expect(pool.query(`select from ${database.schema}.rm_box_v1`)).rejects.toMatchObject({ code: '42P01' });
    await expect(rollbackVersion(database, 'boxes')).rejects.toMatchObject({ code: 'VERSION_NOT_READY' });
  });

  it('given somebody waits for the live version, when it is switched, then the new one’s place counts', async () => {
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    await start(boxes2);
    await untilAt(database, 'boxes@2', log.head);
    const watch = await openViewWatch({ connectionString: testDatabase.url, schema: database.schema });
    try {
      await switchVersion(database, 'boxes', 2);
      await workers.stopAll();
      await start(boxes2);
      log.append('box-1', 'box-resized', { size: 1 });
      await watch.reached('boxes', log.head, 10_000);
    } finally {
      await watch.close();
    }
  });
});

describe('a view that is checked and mended', () => {
  it('given nothing is wrong, when it is verified under load, then it equals its replay at one place of the log', async () => {
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    const over = new AbortController();
    const feeding = (async () => {
      for (let size = 0; !over.signal.aborted; size++) {
        log.append(`box-${size % 20}`, 'box-resized', { size });
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();

    const verification = await verify({ database, source: log.source, view: boxes });
    over.abort();
    await feeding;

    expect(verification).toMatchObject({ view: 'boxes@1', equal: true, parkedStreams: [] });
    expect(verification.handled).toBeGreaterThanOrEqual(200n);
    const { rows } = await pool.query(`select from pg_namespace where nspname like $1`, [
      `${database.schema}_scratch%`,
    ]);
    expect(rows).toEqual([]);
  });

  it('given a row was tampered with, when it is verified, then the row is named; when it is rebuilt beside, then it is right', async () => {
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    await pool.query(`update ${database.schema}.rm_box_v1 set size = 0 where id = '4'`);

    expect(await verify({ database, source: log.source, view: boxes })).toMatchObject({
      equal: false,
      tables: [{ different: 1, first: [{ key: { id: '4' }, left: { size: '0' }, right: { size: '184' } }] }],
    });
    const progress: BuildProgress[] = [];
    await rebuildBeside({ database, source: log.source, view: boxes, onProgress: (step) => progress.push(step) });
    log.append('box-5', 'box-resized', { size: 1_000 });
    await untilAt(database, 'boxes@1', log.head);

    expect(await verify({ database, source: log.source, view: boxes })).toMatchObject({ equal: true, handled: 201n });
    expect(progress.at(-1)).toMatchObject({ share: 1, secondsLeft: 0, handled: 200n });
    const { rows } = await pool.query(`select id, size from ${database.schema}.box where id in ('4', '5') order by id`);
    expect(rows).toEqual([
      { id: '4', size: 184 },
      { id: '5', size: 1_000 },
    ]);
    const indexes = await pool.query(`select from pg_indexes where schemaname = $1 and tablename = 'rm_box_v1'`, [
      database.schema,
    ]);
    expect(indexes.rows).toHaveLength(2);
  });

  it('given a rebuild in place, when it is followed, then its progress is told up to its end', async () => {
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    const progress: BuildProgress[] = [];

    await rebuild(database, 'log-1', boxes);
    await followBuild(database, boxes, { head: log.head, everyMs: 20, onProgress: (step) => progress.push(step) });

    expect(progress.at(-1)).toMatchObject({ share: 1, handled: 200n, secondsLeft: 0 });
    expect(await verify({ database, source: log.source, view: boxes })).toMatchObject({ equal: true });
    await until('it runs again', async () => (await status(database))[0]?.status === 'running');
  });
});
