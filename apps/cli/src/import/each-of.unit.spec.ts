import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

import { forEachOf } from './each-of';

const unstopped = new AbortController().signal;

const numbers = Array.from({ length: 50 }, (_, index) => index + 1);
const items = (): AsyncIterable<number> => Readable.from(numbers);

/** Takes longer than the next item to come. */
const aWhile = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await setImmediate();
};

it('given many items, when they are worked on, then each is once and no more than the width at once', async () => {
  const seen: number[] = [];
  let [now, most] = [0, 0];
  const work = async (item: number): Promise<void> => {
    most = Math.max(most, ++now);
    await aWhile();
    seen.push(item);
    now--;
  };
  await forEachOf(items(), work, { width: 4, signal: unstopped });
  expect(seen.sort((a, b) => a - b)).toEqual(numbers);
  expect(most).toBe(4);
});

it('given a failure, when others are under way, then they come to their end, no more begins, and it is thrown', async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    await aWhile();
    if (item === 2) throw new Error('two');
    await aWhile();
    ended.push(item);
  };
  await expect(forEachOf(items(), work, { width: 3, signal: unstopped })).rejects.toThrow('two');
  expect(ended).toEqual(begun.filter((item) => item !== 2));
  expect(begun.length).toBeLessThan(10);
});

it('given an aborted signal, when work is under way, then it ends and no more begins', async () => {
  const stop = new AbortController();
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    if (item === 3) stop.abort();
    await aWhile();
    ended.push(item);
  };
  await forEachOf(items(), work, { width: 3, signal: stop.signal });
  expect(ended).toEqual([1, 2, 3]);
});
