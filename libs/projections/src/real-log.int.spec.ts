import { randomUUID } from 'node:crypto';

import { type EventStore, openEventStore } from '@tempore/event-store';
import { comparePositions, type Position, toInstant } from '@tempore/kernel';
import type { Pool } from 'pg';

import { eventStoreUrl, freshNamespace, startOwnNode, until } from '../../../test/stores';
import { openDatabase, type TestDatabase, untilAt, Workers } from '../test/fixtures';
import { numbers } from '../test/views';
import { type Database, type LogSource, put, type RawView, status } from '.';

const fast = { leaseMs: 2_000, quietMs: 50 };
const workers = new Workers();
let log: EventStore;
let testDatabase: TestDatabase;
let pool: Pool;
let database: Database;

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
});
afterAll(() => testDatabase.close());
beforeEach(() => {
  database = testDatabase.fresh();
  log = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
});
afterEach(async () => {
  await workers.stopAll();
  await log.close();
});

const following = (...categories: string[]): LogSource => ({
  follow: ({ from, signal }) => log.subscribe({ categories, from, signal }),
  load: async (stream, through) => (await log.load(stream, 0n, through)).events,
});

/** Appends to a stream of its own, event after event; answers where each came to stand. */
const appendInTurn = async (stream: string, count: number): Promise<Position[]> => {
  const positions: Position[] = [];
  for (let size = 0; size < count; size++) {
    const now = toInstant(new Date());
    const event = {
      id: randomUUID(),
      type: 'box-resized',
      data: { size },
      metadata: {
        $correlationId: stream,
        $causationId: stream,
        actor: 'actor-1',
        commandId: randomUUID(),
        requestHash: '',
        occurredAt: now,
        recordedAt: now,
        decider: 'test@1',
        schemaVersion: 1,
      },
    };
    const { position } = await log.append(stream, size === 0 ? 'none' : BigInt(size - 1), [event]);
    positions.push(position);
  }
  return positions;
};

const latest = (positions: readonly Position[]): Position =>
  positions.reduce((a, b) => (comparePositions(a, b) > 0 ? a : b));

/** Every event in the order in which the view was given it. */
const order: RawView = {
  ...numbers,
  name: 'order',
  tables: [{ name: 'ordered', columns: { n: 'bigint not null', stream: 'text', revision: 'bigint' }, key: ['n'] }],
  project: ({ stream, revision }, n) => [put('ordered', { n, stream, revision })],
};

const ordered = async (): Promise<{ stream: string; revision: string }[]> =>
  (
    await pool.query<{ stream: string; revision: string }>(
      `select stream, revision from ${database.schema}.ordered order by n`,
    )
  ).rows;

describe('a view that follows the real log', () => {
  it('given many writers at once, then every stream comes in order, nothing is missing and nothing comes twice', async () => {
    await workers.start({ database, source: following('writer'), views: [order], settings: fast });
    const streams = Array.from({ length: 16 }, (_, index) => `writer-${index}`);

    const positions = await Promise.all(streams.map((stream) => appendInTurn(stream, 40)));
    await untilAt(database, 'order@1', latest(positions.flat()));

    const seen = await ordered();
    expect(seen).toHaveLength(16 * 40);
    for (const stream of streams)
      expect(seen.filter((one) => one.stream === stream).map(({ revision }) => Number(revision))).toEqual(
        Array.from({ length: 40 }, (_, index) => index),
      );
  });

  it('given a quiet category in a busy log, when a worker starts again, then it starts near the head', async () => {
    const [first] = await appendInTurn('quiet-1', 1);
    await workers.start({ database, source: following('quiet'), views: [order], settings: fast });
    if (first) await untilAt(database, 'order@1', first);

    const others = await Promise.all(Array.from({ length: 20 }, (_, index) => appendInTurn(`noise-${index}`, 60)));
    const passed = others.flat().sort(comparePositions)[500];
    if (passed) await untilAt(database, 'order@1', passed);
    await workers.stopAll();
    await workers.start({ database, source: following('quiet'), views: [order], settings: fast });
    const [last] = await appendInTurn('quiet-2', 1);
    if (last) await untilAt(database, 'order@1', last);

    expect((await ordered()).map(({ stream }) => stream)).toEqual(['quiet-1', 'quiet-2']);
  });

  it('given a log beyond 2^53 whose node is killed, when it is back, then the view goes on by itself where it was', async () => {
    await log.close();
    const node = await startOwnNode({ firstPosition: 2n ** 53n + 1n });
    try {
      log = openEventStore({ url: node.url });
      await workers.start({ database, source: following('outage'), views: [order], settings: fast });
      await untilAt(database, 'order@1', latest(await appendInTurn('outage-1', 5)));

      await node.kill();
      await node.start();
      const after = latest(await appendInTurn('outage-2', 5));
      await untilAt(database, 'order@1', after);

      expect(await ordered()).toHaveLength(10);
      const [report] = await status(database);
      expect(report?.position).toEqual(after);
      expect(after.commit).toBeGreaterThan(2n ** 53n);
      await until('it runs', async () => (await status(database))[0]?.status === 'running');
    } finally {
      await workers.stopAll();
      await node.remove();
    }
  });
});
