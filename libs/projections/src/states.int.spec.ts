import { type Pool } from 'pg';

import { boxesByState } from '../test/boxes-by-state';
import { openDatabase, type TestDatabase, untilAt, Workers } from '../test/fixtures';
import { MemoryLog } from '../test/memory-log';
import {
  type Database,
  listParked,
  rebuildBeside,
  retryParked,
  startProjections,
  type StateView,
  verify,
} from './index';
import { MOST_EVENTS_KEPT } from './states';

const workers = new Workers();
let testDatabase: TestDatabase;
let pool: Pool;
let database: Database;
let log: MemoryLog;

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
});
afterAll(() => testDatabase.close());
beforeEach(() => {
  database = testDatabase.fresh();
  log = new MemoryLog();
});
afterEach(() => workers.stopAll());

const start = (view: StateView = boxesByState, batchSize = 1_000) =>
  workers.start({ database, source: log.source, views: [view], settings: { quietMs: 50, batchSize } });

const handled = (): Promise<void> => untilAt(database, 'boxes_by_state@1', log.head);

const rows = async (table: 'folded_box' | 'weight'): Promise<object[]> => {
  const columns = table === 'weight' ? 'id, n, kg' : 'id, size';
  return (await pool.query<object>(`select ${columns} from ${database.schema}.${table} order by 1, 2`)).rows;
};

it('given a stream, then its rows are those of its state, and what the state does not name any more goes', async () => {
  log.append('box-1', 'box-opened', { size: 1 });
  log.append('box-1', 'box-weighed', { weight: 5 });
  log.append('box-1', 'box-weighed', { weight: 6 });
  log.append('box-2', 'box-opened', { size: 2 });
  await start();
  await handled();
  expect([await rows('folded_box'), await rows('weight')]).toEqual([
    [
      { id: '1', size: 1 },
      { id: '2', size: 2 },
    ],
    [
      { id: '1', n: 0, kg: 5 },
      { id: '1', n: 1, kg: 6 },
    ],
  ]);

  log.append('box-1', 'box-closed', {});
  await handled();
  expect([await rows('folded_box'), await rows('weight')]).toEqual([[{ id: '2', size: 2 }], []]);
});

it('given a worker that begins amid a stream, then it reads it once up to where it stands, and goes on from what it holds', async () => {
  log.append('box-1', 'box-opened', { size: 1 });
  log.append('box-1', 'box-weighed', { weight: 5 });
  await start();
  await handled();
  expect(log.loaded).toBe(0);
  await workers.stopAll();

  log.append('box-1', 'box-weighed', { weight: 6 });
  await start();
  await handled();
  log.append('box-1', 'box-weighed', { weight: 7 });
  await handled();
  expect(log.loaded).toBe(1);
  expect(await rows('weight')).toEqual([5, 6, 7].map((kg, n) => ({ id: '1', n, kg })));
});

it('given more streams than are held, then those met longest ago are read again, and every row is right', async () => {
  const each = MOST_EVENTS_KEPT / 100;
  for (let box = 0; box <= 110; box++)
    for (let n = 0; n < each; n++) log.append(`box-${box}`, 'box-resized', { size: n });
  log.append('box-0', 'box-weighed', { weight: 1 });
  log.append('box-110', 'box-weighed', { weight: 2 });
  await start();
  await handled();
  expect(log.loaded).toBe(1);
  expect(await rows('weight')).toEqual([
    { id: '0', n: 0, kg: 1 },
    { id: '110', n: 0, kg: 2 },
  ]);
});

it('given however the log is cut into batches, then the rows are those of a fresh replay', async () => {
  for (let n = 0; n < 50; n++) {
    log.append(`box-${n % 7}`, 'box-weighed', { weight: n + 20 });
    if (n % 11 === 0) log.append(`box-${n % 7}`, 'box-closed', {});
    if (n % 3 === 0) log.append(`box-${n % 7}`, 'box-opened', { size: n });
  }
  await start(boxesByState, 1);
  await handled();
  expect(await verify({ database, source: log.source, view: boxesByState })).toMatchObject({ equal: true });
  const before = [await rows('folded_box'), await rows('weight')];
  await rebuildBeside({ database, source: log.source, view: boxesByState });
  expect([await rows('folded_box'), await rows('weight')]).toEqual(before);
});

it.each<[string, string, object]>([
  ['that its fold breaks at', 'box-resized', { size: -1 }],
  ['that no rows can be made of', 'box-weighed', { weight: 13 }],
  ['that no column holds', 'box-resized', { size: 2 ** 40 }],
])(
  'given an event %s, then its stream stands as before it, and a mended view takes it up from there',
  async (_, type, data) => {
    log.append('box-1', 'box-opened', { size: 1 });
    log.append('box-2', 'box-opened', { size: 2 });
    log.append('box-1', type, data);
    log.append('box-1', 'box-weighed', { weight: 5 });
    log.append('box-2', 'box-weighed', { weight: 6 });
    await start();
    await handled();
    expect([await rows('folded_box'), await rows('weight')]).toEqual([
      [
        { id: '1', size: 1 },
        { id: '2', size: 2 },
      ],
      [{ id: '2', n: 0, kg: 6 }],
    ]);
    expect(await listParked(database)).toMatchObject([{ stream: 'box-1', events: 2 }]);

    const mended = withoutFault(boxesByState);
    expect(await retryParked({ database, source: log.source, view: boxesByState }, 'box-1')).toMatchObject({
      outcome: 'failed',
    });
    expect(await retryParked({ database, source: log.source, view: mended }, 'box-1')).toEqual({
      outcome: 'unparked',
      events: 2,
    });
    expect(await rows('folded_box')).toMatchObject([{ id: '1' }, { id: '2', size: 2 }]);
  },
);

/** Takes what broke the view for nothing. */
const withoutFault = (view: StateView): StateView => ({
  ...view,
  streams: new Map(
    [...view.streams].map(([category, of]) => [
      category,
      {
        ...of,
        fold: {
          ...of.fold,
          evolve: (state, event, recorded) => {
            const { size = 1, weight = 1 } = event.data as { size?: number; weight?: number };
            return size < 0 || size > 2 ** 31 || weight === 13 ? state : of.fold.evolve(state, event, recorded);
          },
        },
      },
    ]),
  ),
});

it('given the same version under other rules, when it starts, then it is refused', async () => {
  log.append('box-1', 'box-opened', { size: 1 });
  await start();
  await handled();
  await expect(
    startProjections({
      database,
      source: log.source,
      installation: 'log-1',
      views: [{ ...boxesByState, rules: '2' }],
    }),
  ).rejects.toMatchObject({ code: 'VIEW_CHANGED' });
});
