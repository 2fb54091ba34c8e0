import { DAY_MS } from '../parts/time';
import type { Lane } from './line';

/** A stretch without an event that is longer than this is shortened. */
const QUIET_MS = 12 * DAY_MS;
/** As wide as so many days a shortened stretch is drawn. */
const SHORTENED_MS = 4 * DAY_MS;

/** Where a stretch was shortened, and how long it is. */
export interface Fold {
  readonly from: number;
  readonly to: number;
}

export interface Scale {
  readonly folds: readonly Fold[];
  /** From 0 to 1, never against the order of time. */
  readonly at: (instant: number) => number;
}

/** Lays time out. Order is never altered; folded, what is quiet is shortened, but for the window that runs. */
export const scaleOf = ({ stretches, marks, running }: Lane, now: number, folded: boolean): Scale => {
  const instants = [
    ...stretches.flatMap(({ from, to }) => [from, to]),
    ...marks.flatMap(({ at, recordedAt }) => [at, recordedAt]),
    ...(running ? [running.from, running.to] : []),
    now,
  ];
  const stops = [...new Set(instants)].sort((one, other) => one - other);
  const isRunning = (from: number): boolean => running !== null && from >= running.from && from < running.to;
  const spans = stops.slice(1).map((to, index) => {
    const from = stops[index] ?? to;
    const fold = folded && to - from > QUIET_MS && !isRunning(from);
    return { from, to, fold, width: fold ? SHORTENED_MS : to - from };
  });
  const total = spans.reduce((sum, { width }) => sum + width, 0) || 1;
  const starts = spans.reduce<number[]>((sums, { width }) => [...sums, (sums.at(-1) ?? 0) + width], [0]);
  return {
    folds: spans.filter(({ fold }) => fold),
    at: (instant) => {
      const index = spans.findIndex(({ to }) => instant <= to);
      const span = spans[index];
      if (!span) return instant <= (stops[0] ?? 0) ? 0 : 1;
      const within = Math.max(0, (instant - span.from) / (span.to - span.from));
      return ((starts[index] ?? 0) + within * span.width) / total;
    },
  };
};
