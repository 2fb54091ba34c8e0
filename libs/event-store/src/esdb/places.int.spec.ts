import { comparePositions, formatPosition, parsePosition } from '@tempore/kernel';

import { freshNamespace, type OwnNode, startOwnNode } from '../../../../test/stores';
import { caughtUp, eventsOf, follow, numbered, numberOf, testStores } from '../../test/kit';

const open = testStores();
const FIRST = 2n ** 53n + 1n;
let node: OwnNode;
beforeAll(async () => (node = await startOwnNode({ sync: false, firstPosition: FIRST })));
afterAll(() => node.remove());

describe('a log whose positions no JavaScript number holds', () => {
  it('given two positions next to each other there, then they stay apart, also as text', async () => {
    const store = open({ url: node.url });
    for (let n = 0; n < 50; n++) await store.append('box-1', n === 0 ? 'none' : BigInt(n - 1), numbered(1, n));
    const { events } = await store.load('box-1');
    const positions = events.map(({ position }) => position);
    expect(positions[0]?.commit).toBeGreaterThanOrEqual(FIRST);
    expect(positions).toEqual([...positions].sort(comparePositions));
    expect(new Set(positions.map(formatPosition)).size).toBe(50);
    expect(positions.map((position) => parsePosition(formatPosition(position)))).toEqual(positions);
    expect(await store.newest(['box'])).toEqual(positions.at(-1));
  });

  it('given each of its positions, when a subscription begins there, then it begins with the next event', async () => {
    const store = open({ url: node.url, namespace: freshNamespace() });
    await store.append('box-1', 'none', numbered(20));
    const { events } = await store.load('box-1');
    for (const { position: from, revision } of events) {
      const deliveries = await follow(store, { categories: ['box'], from }, caughtUp);
      expect(eventsOf(deliveries).map(numberOf)).toEqual(
        Array.from({ length: 19 - Number(revision) }, (_, n) => Number(revision) + 1 + n),
      );
    }
  });
});
