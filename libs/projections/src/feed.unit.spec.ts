import { setTimeout as sleep } from 'node:timers/promises';

import { MemoryLog } from '../test/memory-log';
import { type Cursor, Feed } from './feed';
import type { Delivery, LogSource } from './log-source';

const never = new AbortController().signal;

const filled = (count: number): MemoryLog => {
  const log = new MemoryLog({ batchSize: 10 });
  for (let index = 0; index < count; index++) log.append(`box-${index}`, 'box-opened', { size: index });
  return log;
};

/** Takes until the cursor says that it has caught up; the ids that it was given. */
const takeAll = async (cursor: Cursor, max = 25): Promise<string[]> => {
  const ids: string[] = [];
  for (;;) {
    const delivery = await cursor.take({ max, signal: never });
    ids.push(...(delivery?.events.map(({ id }) => id) ?? []));
    if (delivery?.caughtUp) return ids;
  }
};

const idsOf = ({ events }: Pick<Delivery, 'events'>): string[] => events.map(({ id }) => id);

describe('a feed', () => {
  it('given several views from the beginning, then each gets every event in order, and the log is read once', async () => {
    const log = filled(500);
    const feed = new Feed(log.source, { capacity: 50, retained: 20 });
    const cursors = [feed.open(undefined), feed.open(undefined), feed.open(undefined)];

    const taken = await Promise.all(cursors.map((cursor, index) => takeAll(cursor, 10 + 7 * index)));

    for (const ids of taken) expect(ids).toEqual(idsOf(log));
    expect(log.opened).toBe(1);
    expect(log.delivered).toBe(500);
    for (const cursor of cursors) cursor.close();
  });

  it('given a view that joins in the middle, then it is given what stands behind its own place, and that only', async () => {
    const log = filled(95);
    const feed = new Feed(log.source);
    const first = feed.open(undefined);
    await takeAll(first);
    const joined = feed.open(log.events[42]?.position);

    expect(await takeAll(joined)).toEqual(idsOf(log).slice(43));
    expect(log.opened).toBe(1);
  });

  it('given a view far behind all others, then it reads alone until it has caught up, and shares from then on', async () => {
    const log = filled(500);
    const feed = new Feed(log.source, { retained: 30 });
    const near = feed.open(log.events[480]?.position);
    await takeAll(near);
    const far = feed.open(undefined);

    expect(await takeAll(far)).toEqual(idsOf(log));
    expect(log.opened).toBe(2);
    const next = far.take({ max: 10, signal: never });
    const before = log.delivered;
    const event = log.append('box-1', 'box-resized', { size: 1 });
    expect(idsOf((await next) as Delivery)).toEqual([event.id]);
    expect(idsOf((await near.take({ max: 10, signal: never })) as Delivery)).toEqual([event.id]);
    expect(log.delivered - before).toBe(1);
  });

  it('given a view that keeps all others waiting, then they go on without it, and it loses nothing', async () => {
    const log = filled(300);
    const feed = new Feed(log.source, { capacity: 40, retained: 10, patienceMs: 30 });
    const slow = feed.open(undefined);
    const fast = feed.open(undefined);
    const first = await slow.take({ max: 10, signal: never });

    expect(await takeAll(fast)).toEqual(idsOf(log));
    expect([...idsOf(first as Delivery), ...(await takeAll(slow))]).toEqual(idsOf(log));
  });

  it('given a view that is slow on its own, then the log waits for it, and holds no more than it may', async () => {
    const log = filled(300);
    const feed = new Feed(log.source, { capacity: 40, retained: 10, patienceMs: 5 });
    const slow = feed.open(undefined);
    await slow.take({ max: 10, signal: never });
    await sleep(50);

    expect(log.delivered).toBeLessThanOrEqual(10 + 40 + 10);
    expect(await takeAll(slow)).toEqual(idsOf(log).slice(10));
    expect(log.opened).toBe(1);
  });

  it('given all views are gone, then the log is let go, and a new view has it opened again', async () => {
    const log = filled(20);
    let open = 0;
    const follow: LogSource['follow'] = async function* (options) {
      open++;
      try {
        yield* log.source.follow(options);
      } finally {
        open--;
      }
    };
    const source: LogSource = { ...log.source, follow };
    const feed = new Feed(source);
    const cursor = feed.open(undefined);
    await takeAll(cursor);
    cursor.close();
    while (open > 0) await sleep(1);

    expect(await takeAll(feed.open(undefined))).toEqual(idsOf(log));
    expect(open).toBe(1);
  });

  it('given the log fails, then every view is told, after what was delivered before', async () => {
    const log = filled(20);
    const follow: LogSource['follow'] = async function* (options) {
      for await (const delivery of log.source.follow(options)) {
        yield { ...delivery, caughtUp: false };
        if (delivery.caughtUp) throw new Error('the store is gone');
      }
    };
    const source: LogSource = { ...log.source, follow };
    const feed = new Feed(source);
    const cursor = feed.open(undefined);

    expect((await cursor.take({ max: 100, signal: never }))?.events.length).toBeGreaterThan(0);
    await expect(takeAll(cursor)).rejects.toThrow('the store is gone');
  });

  it('given nothing comes, then waiting ends with its time or its signal', async () => {
    const log = filled(1);
    const feed = new Feed(log.source);
    const cursor = feed.open(undefined);
    await takeAll(cursor);
    const abort = new AbortController();

    expect(await cursor.take({ max: 1, signal: never, timeoutMs: 5 })).toBeUndefined();
    const waiting = cursor.take({ max: 1, signal: abort.signal });
    abort.abort();
    expect(await waiting).toBeUndefined();
  });
});
