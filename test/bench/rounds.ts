import type { Size } from './measure';

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Compared {
  readonly value: number;
  readonly peer: number;
  readonly ratio: number;
}

/**
 * Measures a subject and its peer in turns, so that what else the machine does meets both; the first turn of each only
 * warms them up.
 */
export const inTurns = async (
  { rounds }: Pick<Size, 'rounds'>,
  peer: () => Promise<number>,
  subject: () => Promise<number>,
): Promise<Compared> => {
  const pairs: { readonly value: number; readonly peer: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const before = await peer();
    pairs.push({ value: await subject(), peer: before });
  }
  const counted = pairs.slice(1);
  return {
    value: median(counted.map(({ value }) => value)),
    peer: median(counted.map((pair) => pair.peer)),
    ratio: median(counted.map((pair) => pair.value / pair.peer)),
  };
};

/** What so many at once get done, each beginning the next when it has done one. */
export interface Done {
  readonly perSecond: number;
  /** How long each took, in ms. */
  readonly took: readonly number[];
}

export const inFlight = async (many: number, ms: number, workerOf: () => () => Promise<unknown>): Promise<Done> => {
  const began = performance.now();
  const took: number[] = [];
  const work = async (): Promise<void> => {
    const next = workerOf();
    while (performance.now() - began < ms) took.push(await timed(next));
  };
  await Promise.all(Array.from({ length: many }, work));
  return { perSecond: (took.length * 1_000) / (performance.now() - began), took };
};

export const perSecond = async (many: number, ms: number, workerOf: () => () => Promise<unknown>): Promise<number> =>
  (await inFlight(many, ms, workerOf)).perSecond;

export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
