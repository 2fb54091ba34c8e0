import { setTimeout as sleep } from 'node:timers/promises';

import { comparePositions, formatPosition, type Position } from '@tempore/kernel';

import { until } from '../../../../test/stores';
import { caughtUp, eventsOf, follow, newEvent, numbered, numberOf, testStores } from '../../test/kit';
import { type Delivery, type EventStore, ForeignPosition } from '..';

const open = testStores();

/** Appends to streams one event each, and gives the place before them. */
const mark = async (store: EventStore, stream = 'mark-1'): Promise<Position> =>
  (await store.append(stream, 'none', [newEvent()])).position;

const appendEach = async (store: EventStore, category: string, count: number): Promise<Position[]> =>
  Promise.all(
    numbered(count).map((event, n) =>
      store.append(`${category}-${n}`, 'none', [event]).then(({ position }) => position),
    ),
  );

describe('subscribe', () => {
  it('given a log, then what stands there and what comes later is delivered in log order, each event once', async () => {
    const store = open();
    const from = await mark(store);
    await appendEach(store, 'box', 200);
    let more: Promise<unknown> | undefined;

    const deliveries = await follow(store, { categories: ['box', 'late'], from }, (soFar) => {
      if (caughtUp(soFar)) more ??= appendEach(store, 'late', 200);
      return eventsOf(soFar).length >= 400;
    });
    await more;

    const events = eventsOf(deliveries);
    expect(new Set(events.map(({ id }) => id)).size).toBe(400);
    expect(events).toHaveLength(400);
    const positions = events.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort(comparePositions));
  });

  it('given events of one stream, then they come in the order of their revisions', async () => {
    const store = open();
    const from = await mark(store);
    await store.append('box-1', 'none', numbered(700));
    await store.append('box-1', 699n, numbered(600, 700));

    const deliveries = await follow(store, { categories: ['box'], from }, (soFar) => eventsOf(soFar).length >= 1_300);

    expect(eventsOf(deliveries).map(numberOf)).toEqual(Array.from({ length: 1_300 }, (_, n) => n));
  });

  it('trap: a subscription begins behind its position: given the place of an event, then it is not delivered again', async () => {
    const store = open();
    await mark(store);
    await store.append('box-1', 'none', numbered(2));
    const { position: from } = await store.append('box-1', 1n, numbered(1, 2));
    await store.append('box-1', 2n, numbered(2, 3));
    const deliveries = await follow(store, { categories: ['box'], from }, (soFar) => eventsOf(soFar).length >= 2);
    expect(eventsOf(deliveries).map(numberOf)).toEqual([3, 4]);
  });

  it('given deliveries may have 7 events, then none has more', async () => {
    const store = open();
    const from = await mark(store);
    await store.append('box-1', 'none', numbered(100));
    const deliveries = await follow(store, { categories: ['box'], from, batchSize: 7 }, caughtUp);
    expect(Math.max(...deliveries.map(({ events }) => events.length))).toBeLessThanOrEqual(7);
    expect(eventsOf(deliveries).map(numberOf)).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('given a slow consumer, then it is told of the end of the log with the last event, not before', async () => {
    const store = open();
    const from = await mark(store);
    await appendEach(store, 'box', 60);
    const deliveries = await follow(store, { categories: ['box'], from, batchSize: 3 }, async (soFar) => {
      await sleep(5);
      return caughtUp(soFar);
    });
    expect(eventsOf(deliveries)).toHaveLength(60);
  });

  it('given it was stopped anywhere, when it goes on from there, then nothing is left out and nothing comes twice', async () => {
    const store = open();
    let from: Position | undefined = await mark(store);
    await store.append('box-1', 'none', numbered(300));
    await appendEach(store, 'noise', 700);
    await store.append('box-1', 299n, numbered(300, 300));
    const seen: number[] = [];
    while (seen.length < 600) {
      const some = (deliveries: readonly Delivery[]) => eventsOf(deliveries).length > 50 || caughtUp(deliveries);
      const deliveries: Delivery[] = await follow(store, { categories: ['box'], from, batchSize: 41 }, some);
      seen.push(...eventsOf(deliveries).map(numberOf));
      from = deliveries.findLast(({ through }) => through)?.through ?? from;
    }
    expect(seen).toEqual(Array.from({ length: 600 }, (_, n) => n));
  });

  it('given a place between two events, then it is refused as one of another store', async () => {
    const store = open();
    const { commit, prepare } = await mark(store);
    const from = { commit: commit + 1n, prepare: prepare + 1n };
    await store.append('box-1', 'none', [newEvent()]);
    await expect(follow(store, { categories: ['box'], from }, () => true)).rejects.toThrow(ForeignPosition);
  });

  it('given no category, then it says that one has to be named', async () => {
    await expect(follow(open(), { categories: [] }, () => true)).rejects.toThrow('categories');
  });
});

describe('notices', () => {
  const NOISE = 1_200;

  it('given a quiet category in a busy log, then its place moves on without an event', async () => {
    const store = open();
    const from = await mark(store);
    await appendEach(store, 'noise', NOISE);

    const deliveries = await follow(store, { categories: ['box'], from }, caughtUp);
    // Others may write to the same log meanwhile.
    const head = await mark(store, 'mark-2');

    expect(eventsOf(deliveries)).toEqual([]);
    const through = deliveries.findLast((delivery) => delivery.through)?.through;
    expect(through && comparePositions(through, from)).toBe(1);
    expect(through && comparePositions(through, head)).toBeLessThanOrEqual(0);
  });

  it('given a quiet category while others are written, then its place follows them live', async () => {
    const store = open();
    const from = await mark(store);
    let written: Promise<Position[]> | undefined;
    const deliveries = await follow(store, { categories: ['box'], from }, (soFar) => {
      if (!caughtUp(soFar)) return false;
      written ??= appendEach(store, 'noise', NOISE);
      return soFar.some(({ through }) => through);
    });
    await written;
    expect(eventsOf(deliveries)).toEqual([]);
  });

  it('trap: notices overtake events: given a slow consumer, then no delivery claims more than was handed over', async () => {
    const store = open();
    const from = await mark(store);
    const boxes: Position[] = [];
    for (let round = 0; round < 3; round++) {
      const { position } = await store.append(`box-${round}`, 'none', numbered(1));
      boxes.push(position, ...(await appendEach(store, `box${round}`, 9)));
      await appendEach(store, `noise${round}`, 700);
    }
    const categories = ['box', 'box0', 'box1', 'box2'];
    const seen = new Set<string>();
    const claims: string[][] = [];
    const abort = new AbortController();

    for await (const delivery of store.subscribe({ categories, from, batchSize: 3, signal: abort.signal })) {
      await sleep(10);
      for (const { position } of delivery.events) seen.add(formatPosition(position));
      const { through } = delivery;
      // What a consumer that saves `through` now, and dies, would never be given again.
      if (through)
        claims.push(
          boxes
            .filter((position) => comparePositions(position, through) <= 0)
            .map(formatPosition)
            .filter((position) => !seen.has(position)),
        );
      if (delivery.caughtUp) abort.abort();
    }

    expect(seen.size).toBe(boxes.length);
    expect(claims.flat()).toEqual([]);
    expect(claims.length).toBeGreaterThan(10);
  });
});

describe('the end of a subscription', () => {
  it.each([
    ['while it waits for events', (deliveries: readonly Delivery[]) => caughtUp(deliveries)],
    ['in the middle of the log', (deliveries: readonly Delivery[]) => deliveries.length > 0],
  ])('given the signal is aborted %s, then it ends at once', async (_, moment) => {
    const store = open();
    const from = await mark(store);
    await store.append('box-1', 'none', numbered(700));
    const abort = new AbortController();
    const deliveries: Delivery[] = [];
    const following = (async () => {
      for await (const delivery of store.subscribe({
        categories: ['box'],
        from,
        batchSize: 10,
        signal: abort.signal,
      })) {
        deliveries.push(delivery);
        if (moment(deliveries)) break;
      }
    })();
    await following;
    const waiting = store.subscribe({ categories: ['box'], from: deliveries.at(-1)?.through, signal: abort.signal });
    const ended = (async () => {
      for await (const delivery of waiting) deliveries.push(delivery);
    })();
    await until('it waits at the end', () => deliveries.at(-1)?.caughtUp === true);
    const asked = performance.now();
    abort.abort();
    await ended;
    expect(performance.now() - asked).toBeLessThan(1_000);
  });

  it('given the store is closed, then it ends', async () => {
    const store = open();
    const from = await mark(store);
    const deliveries = await follow(store, { categories: ['box'], from }, (soFar) => {
      if (caughtUp(soFar)) void store.close();
      return false;
    });
    expect(caughtUp(deliveries)).toBe(true);
  });
});

describe('a slow consumer', () => {
  it('trap: slow consumers are dropped: given one that is far slower than the log, then it is given all of it', async () => {
    const store = open();
    const from = await mark(store);
    for (let n = 0; n < 3_000; n += 500)
      await store.append('box-1', n === 0 ? 'none' : BigInt(n - 1), numbered(500, n));
    const abort = new AbortController();
    const seen: number[] = [];
    for await (const { events } of store.subscribe({
      categories: ['box'],
      from,
      batchSize: 100,
      signal: abort.signal,
    })) {
      await sleep(5);
      seen.push(...events.map(numberOf));
      if (seen.length === 3_000) abort.abort();
    }
    expect(seen).toEqual(Array.from({ length: 3_000 }, (_, n) => n));
  });
});
