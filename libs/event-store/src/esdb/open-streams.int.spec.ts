import { until } from '../../../../test/stores';
import { newEvent, numbered, testStores } from '../../test/kit';
import { type EventStore, OpenStreams } from '..';

const open = testStores();

/** Follows a store from here on with so many subscriptions. */
const followTimes = (store: EventStore, times: number): { readonly stop: () => Promise<void> } => {
  const abort = new AbortController();
  const { signal } = abort;
  const following = Array.from({ length: times }, async () => {
    for await (const { caughtUp } of store.subscribe({ categories: ['box'], signal })) if (caughtUp) continue;
  });
  return {
    stop: async () => {
      abort.abort();
      await Promise.all(following);
    },
  };
};

describe('what is open on the connection', () => {
  it('given calls of every kind, then each is counted until it is over', async () => {
    const streams = new OpenStreams();
    const store = open({ streams });
    await store.append('box-1', 'none', numbered(3));
    expect(streams.open).toBe(1);
    const followers = followTimes(store, 3);
    await until('they follow', () => streams.open === 4);
    await Promise.all([store.load('box-1'), store.load('box-2'), store.newest('everything')]);
    await until('the reads are over', () => streams.open === 4);
    await followers.stop();
    await until('only the call of the appends is left', () => streams.open === 1);
    await store.close();
    await until('nothing is left', () => streams.open === 0);
  });

  it('given 500 reads at once beside subscriptions, then the reads wait for each other, far from what a server takes', async () => {
    const streams = new OpenStreams();
    const store = open({ streams });
    await store.append('box-1', 'none', [newEvent()]);
    const followers = followTimes(store, 20);
    let most = 0;
    const looking = setInterval(() => (most = Math.max(most, streams.open)), 1);
    const read = await Promise.all(Array.from({ length: 500 }, () => store.load('box-1')));
    clearInterval(looking);
    await followers.stop();
    expect(read.every(({ revision }) => revision === 0n)).toBe(true);
    expect(most).toBeGreaterThan(20);
    expect(most).toBeLessThan(80);
  });

  it('given more and more subscriptions, then it is said before the server takes no more: once, and again after calm', async () => {
    const told: [number, number][] = [];
    const streams = new OpenStreams((...many) => told.push(many));
    const store = open({ streams });
    const few = followTimes(store, 50);
    await until('they follow', () => streams.open === 50);
    expect(told).toEqual([]);
    for (let times = 0; times < 2; times++) {
      const more = followTimes(store, 40);
      await until('they follow too', () => streams.open === 90);
      expect(told).toEqual(Array.from({ length: times + 1 }, () => [80, 100]));
      // There is room for those who ask now.
      expect((await store.load('box-1')).revision).toBe('none');
      await more.stop();
      await until('they are gone', () => streams.open === 50);
    }
    await few.stop();
  });
});
