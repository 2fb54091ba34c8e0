import { randomUUID } from 'node:crypto';

import { eventStoreUrl, freshNamespace } from '../../../../test/stores';
import { newEvent, numbered, numberOf, readAll, testStores } from '../../test/kit';
import { openEventStore } from '..';

const open = testStores();

describe('load', () => {
  it('given a stream that does not exist, then it is empty', async () => {
    expect(await open().load('box-1')).toEqual({ events: [], revision: 'none' });
  });

  it('given a stream of 1,200 events, when it is loaded over several pages, then each is there once, in order', async () => {
    const store = open();
    for (let n = 0; n < 1_200; n += 300)
      await store.append('box-1', n === 0 ? 'none' : BigInt(n - 1), numbered(300, n));

    const { events, revision } = await store.load('box-1');

    expect(events.map(numberOf)).toEqual(Array.from({ length: 1_200 }, (_, n) => n));
    expect(revision).toBe(1_199n);
    expect((await store.load('box-1', 700n)).events.map(numberOf)).toEqual(
      Array.from({ length: 500 }, (_, n) => 700 + n),
    );
  });

  it('given a stream that fills its pages exactly, then it is read to its end', async () => {
    const store = open();
    await store.append('box-1', 'none', numbered(500));
    await store.append('box-1', 499n, numbered(500, 500));
    expect((await store.load('box-1')).events).toHaveLength(1_000);
  });

  it('given a revision to begin at, then it is included, and beyond the end there is nothing', async () => {
    const store = open();
    await store.append('box-1', 'none', numbered(3));
    expect((await store.load('box-1', 1n)).events.map(numberOf)).toEqual([1, 2]);
    expect(await store.load('box-1', 3n)).toEqual({ events: [], revision: 2n });
  });

  it('given an append was answered, then who reads next sees it', async () => {
    const store = open();
    for (let n = 0; n < 50; n++) {
      await store.append('box-1', n === 0 ? 'none' : BigInt(n - 1), [newEvent()]);
      expect((await store.load('box-1')).revision).toBe(BigInt(n));
    }
  });
});

describe('newest', () => {
  it('given a log without events of the categories, then it is nowhere', async () => {
    const store = open();
    await store.append('ship-1', 'none', [newEvent()]);
    expect(await store.newest(['box'])).toBeUndefined();
  });

  it('given appends, then it is the place of the last of them', async () => {
    const store = open();
    await store.append('box-1', 'none', [newEvent()]);
    const { position } = await store.append('lid-1', 'none', numbered(2));
    expect(await store.newest(['box', 'lid'])).toEqual(position);
  });

  it('given everything is asked for, then it is the place of the last event of any kind of stream, and not of others', async () => {
    const store = open();
    expect(await store.newest('everything')).toBeUndefined();
    await store.append('box-1', 'none', [newEvent()]);
    const { position } = await store.append('unheardof-1', 'none', [newEvent()]);
    await open().append('box-1', 'none', [newEvent()]);
    expect(await store.newest('everything')).toEqual(position);
  });

  it('given others wrote much since, in the same store, then it is still the place of the last', async () => {
    const store = open();
    const { position } = await store.append('box-1', 'none', [newEvent()]);
    const other = open();
    for (let n = 0; n < 6; n++) await other.append(`box-${n}`, 'none', numbered(100));
    await store.append('ship-1', 'none', [newEvent()]);
    expect(await store.newest(['box'])).toEqual(position);
  });
});

describe('readAll', () => {
  it('given many streams, then it gives the events of the categories asked for, in log order, and ends', async () => {
    const store = open();
    const { position: from } = await store.append('box-0', 'none', [newEvent()]);
    for (let n = 1; n <= 30; n++) await store.append(`${n % 3 === 0 ? 'lid' : 'box'}-${n}`, 'none', numbered(1, n));
    await store.append('ship-1', 'none', [newEvent()]);

    const events = await readAll(store, { categories: ['box', 'lid'], from });

    expect(events.map(numberOf)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    expect((await readAll(store, { categories: ['lid'], from })).map(({ stream }) => stream)).toEqual(
      [3, 6, 9, 12, 15, 18, 21, 24, 27, 30].map((n) => `lid-${n}`),
    );
  });

  it('given everything is asked for, then it gives the events of every kind of stream, in log order', async () => {
    const store = open();
    const streams = ['box-1', 'unheardof-1', '0-1', 'lid-a-b', 'installation-self'];
    for (const stream of streams) await store.append(stream, 'none', [newEvent()]);

    expect((await readAll(store, { categories: 'everything' })).map(({ stream }) => stream)).toEqual(streams);
  });

  it('given nothing stands behind a place, then it ends without an event', async () => {
    const store = open();
    const { position } = await store.append('box-1', 'none', [newEvent()]);
    expect(await readAll(store, { categories: ['box'], from: position })).toEqual([]);
  });

  it('given the signal was aborted, then it ends', async () => {
    const events = [];
    const signal = AbortSignal.abort();
    for await (const event of open().readAll({ categories: ['box'], signal })) events.push(event);
    expect(events).toEqual([]);
  });
});

describe('namespaces', () => {
  it('given one is the beginning of another, then neither sees what is in the other', async () => {
    const short = freshNamespace();
    const [one, longer] = [open({ namespace: short }), open({ namespace: `${short}b` })];
    const { position: from } = await one.append('mark-1', 'none', [newEvent()]);
    await one.append('box-1', 'none', numbered(1, 1));
    await longer.append('box-1', 'none', numbered(1, 2));

    expect((await readAll(one, { categories: ['box'], from })).map(numberOf)).toEqual([1]);
    expect((await readAll(longer, { categories: ['box'], from })).map(numberOf)).toEqual([2]);
    expect((await one.load('box-1')).events.map(numberOf)).toEqual([1]);
    expect((await readAll(one, { categories: 'everything', from })).map(numberOf)).toEqual([1]);
    expect((await readAll(longer, { categories: 'everything', from })).map(numberOf)).toEqual([2]);
  });

  it('given a stream outside of it that begins with its name, then who follows everything of it does not see that', async () => {
    const name = `n${randomUUID().replaceAll('-', '')}`;
    const [one, none] = [open({ namespace: name }), open({ namespace: '' })];
    await one.append('box-1', 'none', numbered(1, 1));
    await none.append(`${name}xy-1`, 'none', numbered(1, 2));
    expect((await readAll(one, { categories: 'everything' })).map(numberOf)).toEqual([1]);
  });

  it('given the empty one, then it sees nothing of others, nor they of it', async () => {
    const [none, other] = [open({ namespace: '' }), open()];
    const box = `box${randomUUID().replaceAll('-', '')}`;
    const { position: from } = await other.append('mark-1', 'none', [newEvent()]);
    await none.append(`${box}-1`, 'none', numbered(1, 1));
    await other.append(`${box}-1`, 'none', numbered(1, 2));

    const seen = await readAll(none, { categories: [box], from });
    expect(seen.map(({ stream, data }) => [stream, data])).toEqual([[`${box}-1`, { n: 1 }]]);
    expect((await readAll(other, { categories: [box], from })).map(numberOf)).toEqual([2]);
    const everything = await readAll(none, { categories: 'everything', from });
    expect(everything.map(({ stream }) => stream)).toContain(`${box}-1`);
    expect(everything.filter(({ stream }) => stream.includes('.'))).toEqual([]);
  });

  it('given categories of which one is the beginning of another, then only the one asked for is given', async () => {
    const store = open();
    const { position: from } = await store.append('mark-1', 'none', [newEvent()]);
    await store.append('box-1', 'none', numbered(1, 1));
    await store.append('boxes-1', 'none', numbered(1, 2));
    expect((await readAll(store, { categories: ['box'], from })).map(numberOf)).toEqual([1]);
  });

  it.each(['Upper', 'with-dash', 'with.dot', 'ä'])('given the name %s, then it is refused', (namespace) => {
    expect(() => openEventStore({ url: eventStoreUrl(), namespace })).toThrow(RangeError);
  });
});

describe('a store that was closed', () => {
  it('given it is asked for more, then it says that it is closed', async () => {
    const store = open();
    await store.close();
    await expect(store.append('box-1', 'none', [newEvent()])).rejects.toThrow('closed');
    await expect(store.load('box-1')).rejects.toThrow('closed');
    expect(await readAll(store, { categories: ['box'] })).toEqual([]);
  });
});
