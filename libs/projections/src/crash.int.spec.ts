import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { Pool } from 'pg';

import { until } from '../../../test/stores';
import { openDatabase, type TestDatabase, untilAt, Workers } from '../test/fixtures';
import type { MemoryLog } from '../test/memory-log';
import { numberedLog } from '../test/numbered-log';
import { numbers } from '../test/views';
import type { WorkerOrders } from '../test/worker-process';
import { saveCheckpoint } from './checkpoint';
import type { Statement } from './flush';
import { acquireLease } from './lease';
import { type Database, LeaseLost, type RawView, status, whyNotReady, type WorkerNote } from '.';

const EVENTS = 1_000;
const LEASE_MS = 800;

let testDatabase: TestDatabase;
let pool: Pool;
let database: Database;
let log: MemoryLog;
const workers = new Workers();
const children = new Set<ChildProcess>();

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
});
afterAll(() => testDatabase.close());
beforeEach(() => {
  database = testDatabase.fresh();
  log = numberedLog(EVENTS);
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await workers.stopAll();
});

const spawn = (
  orders: Partial<WorkerOrders> = {},
): { child: ChildProcess; told: string[]; ended: Promise<unknown> } => {
  const all: WorkerOrders = {
    url: testDatabase.url,
    schema: database.schema,
    events: EVENTS,
    leaseMs: LEASE_MS,
    ...orders,
  };
  const child = fork(join(__dirname, '../test/worker-process.js'), [JSON.stringify(all)]);
  children.add(child);
  const told: string[] = [];
  child.on('message', (message) => told.push(message as string));
  const ended = once(child, 'exit').finally(() => children.delete(child));
  return { child, told, ended };
};

const start = (view: RawView, { on = database, notes = [] as WorkerNote[] } = {}) =>
  workers.start({
    database: on,
    source: log.source,
    views: [view],
    settings: { leaseMs: LEASE_MS, batchSize: 20, quietMs: 50 },
    tell: (note) => notes.push(note),
  });

const handled = async (): Promise<bigint> => (await status(database))[0]?.handled ?? 0n;

const expectEveryEventOnce = async (): Promise<void> => {
  const { rows } = await pool.query<{ n: string; id: string }>(
    `select n, id from ${database.schema}.number order by n`,
  );
  expect(rows).toEqual(log.events.map(({ id }, index) => ({ n: String(index + 1), id })));
  expect(await handled()).toBe(BigInt(EVENTS));
};

describe('no event is lost and none handled twice', () => {
  it('when the worker is killed again and again, between rows and checkpoint', async () => {
    for (const at of [1, 21, 400, EVENTS])
      expect(await spawn({ at, signal: 'SIGKILL' }).ended).toEqual([null, 'SIGKILL']);
    await start(numbers);
    await untilAt(database, 'numbers@1', log.head);

    await expectEveryEventOnce();
  });

  it('when the worker is killed again and again, wherever it happens to be', async () => {
    for (const share of [0.1, 0.4, 0.7]) {
      const { child, ended } = spawn();
      await until('some more is handled', async () => Number(await handled()) > share * EVENTS);
      child.kill('SIGKILL');
      await ended;
    }
    await start(numbers);
    await untilAt(database, 'numbers@1', log.head);

    await expectEveryEventOnce();
  });

  it('when its connection is cut amid a transaction', async () => {
    let cuts = 0;
    const notes: WorkerNote[] = [];
    const cutting: RawView = {
      ...numbers,
      settle: async (tx, changed) => {
        const [first] = changed;
        const isTurn = first?.op === 'put' && Number(first.row['n']) > 300 * (cuts + 1) && cuts < 3;
        if (isTurn && cuts++ < 3) await tx.query('select pg_terminate_backend(pg_backend_pid())');
      },
    };
    await start(cutting, { notes });
    await untilAt(database, 'numbers@1', log.head);

    expect(cuts).toBe(3);
    expect(notes.filter(({ kind }) => kind === 'failed')).toHaveLength(3);
    await expectEveryEventOnce();
  });

  it('when the answer to a commit is lost', async () => {
    const flaky = new Pool({ connectionString: testDatabase.url });
    flaky.on('error', () => undefined);
    let lost = 0;
    flaky.on('connect', (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
      const losing = async (...args: unknown[]): Promise<unknown> => {
        const result = await query(...args);
        if (args[0] !== 'commit' || (await handled()) < BigInt(200 * (lost + 1)) || lost >= 3) return result;
        lost++;
        client.end().catch(() => undefined);
        throw new Error('Connection terminated unexpectedly');
      };
      Object.assign(client, { query: losing });
    });
    await start(numbers, { on: { ...database, pool: flaky } });
    await untilAt(database, 'numbers@1', log.head);

    expect(lost).toBe(3);
    await expectEveryEventOnce();
    await workers.stopAll();
    await flaky.end();
  });
});

describe('one worker at a time', () => {
  it('given two, then one is active; when it stops, then the other one takes over at once', async () => {
    const first: WorkerNote[] = [];
    const second: WorkerNote[] = [];
    const active = await start(numbers, { notes: first });
    await untilAt(database, 'numbers@1', log.head);
    await start(numbers, { notes: second });
    const owner = (await status(database))[0]?.owner;

    log.append('box-1', 'box-resized', { size: 1 });
    await untilAt(database, 'numbers@1', log.head);
    expect(second).toEqual([]);
    expect((await status(database))[0]?.owner).toBe(owner);

    await active.stop();
    const stoppedAt = Date.now();
    await until('the other one took over', () => second.some(({ kind }) => kind === 'taken'));
    expect(Date.now() - stoppedAt).toBeLessThan(LEASE_MS);
    expect(first.map(({ kind }) => kind)).toEqual(['taken']);
  });

  it('given the active one is killed, then the other one takes over within the lease time', async () => {
    const { child, told, ended } = spawn();
    await until('it is active', () => told.includes('taken'));
    const notes: WorkerNote[] = [];
    await start(numbers, { notes });

    child.kill('SIGKILL');
    await ended;
    const killedAt = Date.now();
    await until('the other one took over', () => notes.some(({ kind }) => kind === 'taken'));

    // The lease, and one turn of the one who waits for it; as much again for a machine that is busy.
    expect(Date.now() - killedAt).toBeLessThan(2 * (LEASE_MS + LEASE_MS / 4));
    await untilAt(database, 'numbers@1', log.head);
    await expectEveryEventOnce();
  });

  it('given the active one is paused amid a transaction, then another goes on; when it wakes, then it commits nothing', async () => {
    const { child, told } = spawn({ at: 300, signal: 'SIGSTOP' });
    await until('it has come as far as it will', async () => (await handled()) === 280n);
    await start(numbers);
    await untilAt(database, 'numbers@1', log.head);
    await expectEveryEventOnce();

    child.kill('SIGCONT');
    await until('it has noticed', () => told.includes('lost') || told.includes('failed'));
    log.append('box-1', 'box-resized', { size: 1 });
    await untilAt(database, 'numbers@1', log.head);
    const { rows } = await pool.query(`select count(*)::int as count, max(n) as max from ${database.schema}.number`);
    expect(rows).toEqual([{ count: EVENTS + 1, max: String(EVENTS + 1) }]);
  });

  it('given an older token, or a checkpoint that somebody else has moved, then a commit is refused, and what was to be written with it is not', async () => {
    const projections = await start(numbers);
    await untilAt(database, 'numbers@1', log.head);
    await projections.stop();
    const options = { leaseMs: 60_000, evenIfStopped: false };
    const emptying: Statement = {
      table: 'number',
      sql: (_from, when = 'true') => `delete from ${database.schema}.rm_number_v1 where ${when}`,
      values: [],
    };
    const old = await acquireLease(database, numbers, { ...options, owner: 'a' });
    const newer = await acquireLease(database, numbers, { ...options, owner: 'a' });
    if (!old || !newer) throw new Error('the view was free');
    try {
      const reached = { position: { commit: 7n, prepare: 7n }, handled: 9n, status: 'running' } as const;
      await expect(saveCheckpoint(pool, database, old, reached, 1_000)).rejects.toThrow(LeaseLost);
      await expect(saveCheckpoint(pool, database, old, reached, 1_000, [emptying])).rejects.toThrow(LeaseLost);
      await expectEveryEventOnce();
      const moved = { ...newer, position: undefined };
      await expect(saveCheckpoint(pool, database, moved, reached, 1_000)).rejects.toThrow(LeaseLost);
      expect(await acquireLease(database, numbers, { ...options, owner: 'b' })).toBeUndefined();
      await saveCheckpoint(pool, database, newer, reached, 1_000, [emptying]);
      expect(await handled()).toBe(9n);
      expect((await pool.query(`select from ${database.schema}.number`)).rowCount).toBe(0);
    } finally {
      await old.release();
      await newer.release();
    }
  });

  it('given the worker is dead, then the gauges rise, and the view is not ready', async () => {
    const { child, ended } = spawn();
    await untilAt(database, 'numbers@1', log.head);
    child.kill('SIGKILL');
    await ended;
    const [before] = await status(database, log.head);
    log.append('box-1', 'box-resized', { size: 1 });
    await until('time has passed', async () => ((await status(database))[0]?.heartbeatAge ?? 0) > 1);

    const [after] = await status(database, log.head);
    expect(before?.behind).toBe(0n);
    expect(after?.behind).toBeGreaterThan(0n);
    expect(after?.heartbeatAge).toBeGreaterThan(before?.heartbeatAge ?? 0);
    expect(after?.lastEventAge).toBeGreaterThan(before?.lastEventAge ?? 0);
    expect(whyNotReady(await status(database), 1)).toEqual([
      expect.stringContaining('numbers@1 has no worker: last heartbeat ') as string,
    ]);
  });
});
