import { setTimeout as sleep } from 'node:timers/promises';

import type { Pool } from 'pg';

import { startProxy, until } from '../../../test/stores';
import { openDatabase, type TestDatabase, untilAt, Workers } from '../test/fixtures';
import { MemoryLog } from '../test/memory-log';
import { boxes, numbers } from '../test/views';
import { type Database, type EventView, openViewWatch, rebuild, status, type ViewWatch } from '.';
import { channelOf } from './schema';

let testDatabase: TestDatabase;
let pool: Pool;
let database: Database;
let log: MemoryLog;
let watch: ViewWatch;
let reconnects: number;
const workers = new Workers();

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
});
afterAll(() => testDatabase.close());
beforeEach(async () => {
  database = testDatabase.fresh();
  log = new MemoryLog();
  reconnects = 0;
  watch = await openViewWatch({
    connectionString: testDatabase.url,
    schema: database.schema,
    onReconnect: () => reconnects++,
  });
});
afterEach(async () => {
  await workers.stopAll();
  await watch.close();
});

const start = (...views: EventView[]) =>
  workers.start({ database, source: log.source, views, settings: { leaseMs: 1_000, quietMs: 50 } });

const sizeOf = async (id: string): Promise<number | undefined> => {
  const { rows } = await pool.query<{ size: number }>(`select size from ${database.schema}.box where id = $1`, [id]);
  return rows[0]?.size;
};

describe('reading what one wrote', () => {
  it('given a watch that was there before the views, when an event is appended, then waiting for it finds its row', async () => {
    await start(boxes);
    for (let size = 0; size < 50; size++) {
      const { position } = log.append('box-1', size === 0 ? 'box-opened' : 'box-resized', { size });
      await watch.reached('boxes', position, 10_000);
      expect(await sizeOf('1')).toBe(size);
    }
  });

  it('given a watch that was opened later, then it knows at once what was reached before', async () => {
    await start(boxes);
    log.append('box-1', 'box-opened', { size: 1 });
    await untilAt(database, 'boxes@1', log.head);
    await workers.stopAll();

    const later = await openViewWatch({ connectionString: testDatabase.url, schema: database.schema });
    await later.reached('boxes', log.head, 0);
    await later.close();
  });

  it('given nobody brings the view there, when the time is over, then it says that the view is behind', async () => {
    await start(boxes);
    log.append('box-1', 'box-opened', { size: 1 });
    await watch.reached('boxes', log.head, 10_000);
    await workers.stopAll();
    log.append('box-1', 'box-resized', { size: 2 });

    await expect(watch.reached('boxes', log.head, 50)).rejects.toMatchObject({ code: 'VIEW_BEHIND' });
    await expect(watch.reached('no_such_view', log.head, 50)).rejects.toMatchObject({ code: 'VIEW_BEHIND' });
  });

  it('given the view stops on its way, then whoever waits is told so at once, and what it had reached stays reached', async () => {
    log.append('box-1', 'box-opened', { size: 1 });
    const reached = log.head;
    await start({ ...boxes, onPoison: 'stop' });
    await watch.reached('boxes', reached, 10_000);

    const { position } = log.append('box-1', 'box-resized', { size: 'large' });
    await expect(watch.reached('boxes', position, 10_000)).rejects.toMatchObject({ code: 'VIEW_STOPPED' });
    await expect(watch.reached('boxes', position, 10_000)).rejects.toMatchObject({ code: 'VIEW_STOPPED' });
    await watch.reached('boxes', reached, 0);
  });

  it('given its connection stays open and loses everything, then it gives it up and knows what it missed', async () => {
    const through = new URL(testDatabase.url);
    const proxy = await startProxy(Number(through.port));
    through.port = String(proxy.port);
    const watching = await openViewWatch({
      connectionString: through.href,
      schema: database.schema,
      pulseMs: 500,
      onReconnect: () => reconnects++,
    });
    await start(boxes);
    log.append('box-1', 'box-opened', { size: 1 });
    await watching.reached('boxes', log.head, 10_000);

    proxy.treat({ requests: 'swallow', answers: 'swallow' });
    log.append('box-1', 'box-resized', { size: 2 });
    await watching.reached('boxes', log.head, 20_000);

    expect(reconnects).toBeGreaterThan(0);
    await watching.close();
    await proxy.close();
  });

  it('given its connection is cut, then it comes back by itself and knows what it missed', async () => {
    await start(boxes);
    log.append('box-1', 'box-opened', { size: 1 });
    await watch.reached('boxes', log.head, 10_000);

    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like $1 and pid <> pg_backend_pid()`,
      [`%"${database.schema}"."checkpoints" c%`],
    );
    log.append('box-1', 'box-resized', { size: 2 });
    await watch.reached('boxes', log.head, 10_000);

    expect(reconnects).toBeGreaterThan(0);
    expect(await sizeOf('1')).toBe(2);
  });

  it('given its wire is cut after any number of answers while it connects, then the process lives, and the next try connects', async () => {
    await start(boxes);
    log.append('box-1', 'box-opened', { size: 1 });
    await watch.reached('boxes', log.head, 10_000);
    const through = new URL(testDatabase.url);
    const proxy = await startProxy(Number(through.port));
    through.port = String(proxy.port);
    const open = () => openViewWatch({ connectionString: through.href, schema: database.schema });
    await (await open()).close();
    const enough = proxy.answered();

    let failed = 0;
    let opened = 0;
    for (let bytes = 1; bytes <= enough; bytes += 7) {
      proxy.cutAfter(bytes);
      const watching = await open().catch(() => undefined);
      if (watching) opened++;
      else failed++;
      proxy.cutAfter(undefined);
      await watching?.reached('boxes', log.head, 10_000);
      await watching?.close();
    }

    expect(failed).toBeGreaterThan(3);
    expect(opened + failed).toBe(Math.ceil(enough / 7));
    const again = await open();
    await again.reached('boxes', log.head, 10_000);
    await again.close();
    await proxy.close();
  });

  it('given the state cannot be read, then the connection that was made for it is ended', async () => {
    const { schema } = testDatabase.fresh();
    await pool.query(`create schema ${schema}`);
    await pool.query(`create table ${schema}.checkpoints (other int)`);
    await pool.query(`create table ${schema}.live (other int)`);
    const url = new URL(testDatabase.url);
    url.searchParams.set('application_name', 'half_way');
    const connectionString = url.href;

    await expect(openViewWatch({ connectionString, schema })).rejects.toThrow('does not exist');

    await until('no connection is left', async () => {
      const { rowCount } = await pool.query(`select from pg_stat_activity where application_name = 'half_way'`);
      return rowCount === 0;
    });
  });

  it('given it is reading the state anew, when the view moves on meanwhile, then what it was told outlives what it reads', async () => {
    await start(boxes);
    const { position: opened } = log.append('box-1', 'box-opened', { size: 1 });
    await watch.reached('boxes', opened, 10_000);
    await pool.query(
      `insert into ${database.schema}.checkpoints (view, version, installation, tables, fingerprint)
       select 'many_' || n, 1, 'log-1', '{}', '' from generate_series(1, 20000) n`,
    );
    for (let size = 2; size < 6; size++) {
      await pool.query('select pg_notify($1, $2)', [channelOf(database), '{}']);
      const { position: resized } = log.append('box-1', 'box-resized', { size });
      await watch.reached('boxes', resized, 10_000);
      for (let looks = 0; looks < 20; looks++) {
        await sleep(10);
        await watch.reached('boxes', resized, 0);
      }
    }
  });

  it('given the view is rebuilt, then places that it has to reach again are not taken for reached', async () => {
    await start(boxes);
    log.append('box-1', 'box-opened', { size: 1 });
    await watch.reached('boxes', log.head, 10_000);
    await workers.stopAll();

    await rebuild(database, 'log-1', boxes);
    await until('the watch has heard of it', () =>
      watch.reached('boxes', log.head, 0).then(
        () => false,
        () => true,
      ),
    );
    await start(boxes);
    await watch.reached('boxes', log.head, 10_000);
  });

  it('given it is closed, then whoever waits is let go', async () => {
    const waiting = watch.reached('boxes', { commit: 1n, prepare: 1n }, 60_000);
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'VIEW_BEHIND' }), watch.close()]);
  });
});

describe('the time from an event to those who wait for it', () => {
  it('given several views at the head, then each is told of every event, whether it reads it or not', async () => {
    await workers.start({
      database,
      source: log.source,
      views: [boxes, numbers],
      settings: { leaseMs: 1_000, quietMs: 3_600_000 },
    });
    for (let index = 0; index < 20; index++) {
      const { position } = log.append(`ship-${index}`, 'ship-launched', {});
      await Promise.all(['boxes', 'numbers'].map((view) => watch.reached(view, position, 10_000)));
    }
    const reports = await status(database);
    expect(reports.map(({ view, handled }) => [view, handled])).toEqual([
      ['boxes', 0n],
      ['numbers', 20n],
    ]);
  });
});
