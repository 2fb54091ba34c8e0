import type { Pool } from 'pg';

import { until } from '../../../test/stores';
import { openDatabase, type TestDatabase, untilAt, Workers } from '../test/fixtures';
import { MemoryLog } from '../test/memory-log';
import { boxes } from '../test/views';
import {
  type Database,
  type EventView,
  listParked,
  resume,
  retryParked,
  showParked,
  status,
  verify,
  whyNotReady,
  type WorkerNote,
} from '.';

let testDatabase: TestDatabase;
let pool: Pool;
let database: Database;
let log: MemoryLog;
const workers = new Workers();
const notes: WorkerNote[] = [];
const fast = { leaseMs: 1_000, quietMs: 50 };

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
});
afterAll(() => testDatabase.close());
beforeEach(() => {
  database = testDatabase.fresh();
  log = new MemoryLog();
  notes.length = 0;
});
afterEach(() => workers.stopAll());

const start = (view: EventView) =>
  workers.start({ database, source: log.source, views: [view], settings: fast, tell: (note) => notes.push(note) });

const rows = async (): Promise<{ id: string; size: number; ordinal: string }[]> =>
  (
    await pool.query<{ id: string; size: number; ordinal: string }>(
      `select id, size, ordinal from ${database.schema}.box order by id`,
    )
  ).rows;

const report = async () => (await status(database))[0];

/** What no `int` column holds: the schema of the event lets it pass, Postgres does not. */
const TOO_LARGE = 2 ** 40;
/** The view as it should have been: weights that do not fit are cut. */
const mended: EventView = {
  ...boxes,
  project: (event, ordinal) => {
    if (event.type !== 'box-weighed') return boxes.project(event, ordinal);
    const { weight } = event.data as { weight: number };
    return boxes.project({ ...event, data: { weight: Math.min(weight, 1_000) } }, ordinal);
  },
};

describe('given an event that cannot be projected, in a view that parks', () => {
  const poisons: readonly (readonly [string, () => void])[] = [
    ['Postgres refuses its row', () => log.append('box-2', 'box-weighed', { weight: TOO_LARGE })],
    ['its data do not fit its schema', () => log.append('box-2', 'box-resized', { size: 'large' })],
  ];

  it.each(poisons)('when %s, then its stream waits in order and all others go on', async (_, appendPoison) => {
    for (const id of ['1', '2', '3']) log.append(`box-${id}`, 'box-opened', { size: 1 });
    appendPoison();
    log.append('box-1', 'box-resized', { size: 2 });
    log.append('box-2', 'box-resized', { size: 5 });
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    log.append('box-3', 'box-resized', { size: 3 });
    log.append('box-2', 'box-resized', { size: 6 });
    await untilAt(database, 'boxes@1', log.head);

    expect(await rows()).toEqual([
      { id: '1', size: 2, ordinal: '5' },
      { id: '2', size: 1, ordinal: '2' },
      { id: '3', size: 3, ordinal: '7' },
    ]);
    expect(await listParked(database)).toMatchObject([
      { view: 'boxes', version: 1, stream: 'box-2', events: 3, attempts: 1, error: expect.any(String) as string },
    ]);
    const waiting = await showParked(database, boxes, 'box-2');
    expect(waiting.map(({ ordinal }) => ordinal)).toEqual([4n, 6n, 8n]);
    expect(waiting.map(({ event }) => event)).toEqual(log.events.filter(({ stream }) => stream === 'box-2').slice(1));
    expect(await report()).toMatchObject({ status: 'running', handled: 8n, parkedStreams: 1, parkedEvents: 3 });
    expect(whyNotReady(await status(database), 60)).toEqual([]);
    expect(notes).toContainEqual(expect.objectContaining({ kind: 'parked', stream: 'box-2' }));
  });

  it('when the view is mended and the stream retried, then its events come in order and later ones follow', async () => {
    for (const id of ['1', '2']) log.append(`box-${id}`, 'box-opened', { size: 1 });
    log.append('box-2', 'box-weighed', { weight: TOO_LARGE });
    log.append('box-2', 'box-resized', { size: 5 });
    await start(mended);
    await untilAt(database, 'boxes@1', log.head);
    expect(await listParked(database)).toEqual([]);
    const asItShouldBe = await rows();
    database = testDatabase.fresh();
    await workers.stopAll();

    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    expect(await listParked(database)).toHaveLength(1);
    expect(await retryParked({ database, source: log.source, view: mended }, 'box-2')).toEqual({
      outcome: 'unparked',
      events: 2,
    });

    expect(await listParked(database)).toEqual([]);
    expect(await rows()).toEqual(asItShouldBe);
    log.append('box-2', 'box-resized', { size: 6 });
    await untilAt(database, 'boxes@1', log.head);
    expect((await rows()).at(-1)).toEqual({ id: '2', size: 6, ordinal: '5' });
    expect(await listParked(database)).toEqual([]);
  });

  it('when the stream is retried and fails again, then all of it waits on, with the new error and one more attempt', async () => {
    log.append('box-1', 'box-opened', { size: 1 });
    log.append('box-1', 'box-weighed', { weight: TOO_LARGE });
    log.append('box-1', 'box-resized', { size: 1 });
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);

    const outcome = await retryParked({ database, source: log.source, view: boxes }, 'box-1');

    expect(outcome).toMatchObject({ outcome: 'failed', event: { ordinal: 2n } });
    expect(await listParked(database)).toMatchObject([{ stream: 'box-1', events: 2, attempts: 2 }]);
    expect(await rows()).toEqual([{ id: '1', size: 1, ordinal: '1' }]);
    await expect(retryParked({ database, source: log.source, view: boxes }, 'box-9')).rejects.toMatchObject({
      code: 'VIEW_UNKNOWN',
    });
  });

  it('when the stream is retried while its events keep coming, then none is lost and none out of order', async () => {
    log.append('box-1', 'box-opened', { size: 1 });
    log.append('box-1', 'box-weighed', { weight: TOO_LARGE });
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    const feeding = (async () => {
      for (let size = 1; size <= 300; size++) {
        log.append('box-1', 'box-resized', { size });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await until('some events wait', async () => ((await report())?.parkedEvents ?? 0) > 20);

    await retryParked({ database, source: log.source, view: mended }, 'box-1');
    await feeding;
    await untilAt(database, 'boxes@1', log.head);

    expect(await listParked(database)).toEqual([]);
    expect(await rows()).toEqual([{ id: '1', size: 300, ordinal: '302' }]);
  });

  it('when a worker starts again, then it still knows which streams wait', async () => {
    log.append('box-1', 'box-opened', { size: TOO_LARGE });
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);
    await workers.stopAll();

    log.append('box-1', 'box-opened', { size: 1 });
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);

    expect(await rows()).toEqual([]);
    expect(await listParked(database)).toMatchObject([{ stream: 'box-1', events: 2 }]);
  });

  it('when the view is verified, then the replay parks alike, and says which streams wait', async () => {
    log.append('box-1', 'box-opened', { size: 1 });
    log.append('box-2', 'box-opened', { size: TOO_LARGE });
    log.append('box-1', 'box-resized', { size: 2 });
    await start(boxes);
    await untilAt(database, 'boxes@1', log.head);

    expect(await verify({ database, source: log.source, view: boxes })).toMatchObject({
      equal: true,
      handled: 3n,
      parkedStreams: ['box-2'],
    });
  });
});

describe('given an event that cannot be projected, in a view that stops', () => {
  const strict: EventView = { ...boxes, onPoison: 'stop' };
  const strictMended: EventView = { ...mended, onPoison: 'stop' };

  it('then the view stands before it, says why, and is not ready', async () => {
    log.append('box-1', 'box-opened', { size: 1 });
    const { position } = log.append('box-2', 'box-opened', { size: 2 });
    const poison = log.append('box-1', 'box-weighed', { weight: TOO_LARGE });
    log.append('box-3', 'box-opened', { size: 3 });
    await start(strict);
    await until('it has stopped', async () => (await report())?.status === 'stopped');

    expect(await report()).toMatchObject({ position, handled: 2n, parkedEvents: 0 });
    expect((await report())?.error).toContain(`box-weighed ${poison.id}: `);
    expect((await rows()).map(({ id }) => id)).toEqual(['1', '2']);
    expect(whyNotReady(await status(database), 60)).toEqual([
      expect.stringContaining('boxes@1 has stopped: ') as string,
    ]);
    expect(notes).toContainEqual(expect.objectContaining({ kind: 'stopped', view: 'boxes@1' }));
  });

  it('when it is told to go on and the event is as bad as before, then it stops again', async () => {
    log.append('box-1', 'box-opened', { size: TOO_LARGE });
    await start(strict);
    const stops = (): number => notes.filter(({ kind }) => kind === 'stopped').length;
    await until('it has stopped', () => stops() === 1);
    await until('that is recorded', async () => (await report())?.status === 'stopped');

    await resume(database, strict);
    await until('it has stopped again', () => stops() === 2);

    expect(await report()).toMatchObject({ status: 'stopped', handled: 0n });
    await workers.stopAll();
    await resume(database, strict);
    await expect(resume(database, strict)).rejects.toMatchObject({ code: 'VIEW_UNKNOWN' });
  });

  it('when a process with the mended view starts, then it goes on where it stood', async () => {
    log.append('box-1', 'box-opened', { size: 1 });
    log.append('box-1', 'box-weighed', { weight: TOO_LARGE });
    log.append('box-2', 'box-opened', { size: 2 });
    await start(strict);
    await until('it has stopped', async () => (await report())?.status === 'stopped');
    await workers.stopAll();

    await start(strictMended);
    await untilAt(database, 'boxes@1', log.head);

    expect(await rows()).toEqual([
      { id: '1', size: 1, ordinal: '2' },
      { id: '2', size: 2, ordinal: '3' },
    ]);
    expect((await report())?.error).toBeUndefined();
  });
});
