import { setTimeout as sleep } from 'node:timers/promises';

import { NotLeaderError } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';

import { backOff } from '../back-off';
import { StoreUnavailable } from '../errors';

/** A call that ended without an answer that settles it. */
export class Unsettled extends Error {
  override readonly name = 'Unsettled';
}

const TRANSIENT: ReadonlySet<unknown> = new Set([
  status.CANCELLED,
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.RESOURCE_EXHAUSTED,
  status.ABORTED,
  status.INTERNAL,
  status.UNAVAILABLE,
]);

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/**
 * Whether the same call may yet be answered: the connection, the node or its leadership was lost. The client passes
 * some errors on as gRPC made them, and a failed discovery as a plain error.
 */
export const isTransient = (error: unknown): boolean =>
  error instanceof Unsettled ||
  error instanceof NotLeaderError ||
  TRANSIENT.has(codeOf(error)) ||
  (error instanceof Error && error.message.startsWith('Failed to discover'));

/** 23.10 answers UNKNOWN, newer servers INVALID_ARGUMENT, to a position between two records. */
export const isRefusedPosition = (error: unknown): boolean =>
  codeOf(error) === status.UNKNOWN || codeOf(error) === status.INVALID_ARGUMENT;

export interface Patience {
  /** How long one try may stay without an answer, in milliseconds. */
  readonly tryMs: number;
  /** How long a call is tried before it is given up, in milliseconds. */
  readonly totalMs: number;
}

/** How long one call may go on. */
export interface Budget {
  readonly tryMs: number;
  /** On the clock of `performance.now()`. */
  readonly until: number;
  readonly closing: AbortSignal;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Tries a call until it is settled, and tells each try how long it may take. Throws `StoreUnavailable`. */
export const insist = async <T>(
  what: string,
  { tryMs, until, closing }: Budget,
  attempt: (ms: number) => Promise<T>,
): Promise<T> => {
  let cause: unknown;
  for (const pauses = backOff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS); ;) {
    const left = until - performance.now();
    if (closing.aborted) throw new StoreUnavailable(`${what}: the store was closed`, { cause });
    if (left <= 0) throw new StoreUnavailable(`${what} was not settled in time`, { cause });
    try {
      return await attempt(Math.min(tryMs, left));
    } catch (error) {
      if (!isTransient(error)) throw error;
      cause = error;
      await sleep(Math.min(pauses.next().value, left), undefined, { signal: closing }).catch(() => undefined);
    }
  }
};
