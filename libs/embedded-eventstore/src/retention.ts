import { z } from 'zod';

/** The part of a stream's metadata that hides events from stream reads. */
export type Retention = {
  readonly maxCount?: bigint;
  readonly maxAgeMs?: number;
  /** The first revision to show; `SOFT_DELETED` hides the stream itself. */
  readonly truncateBefore?: bigint;
};

export const NO_RETENTION: Retention = {};

/** A metastream shows its latest event only, whatever anybody writes. */
export const METASTREAM_RETENTION: Retention = { maxCount: 1n };

/** `$tb` of a deleted stream: the highest revision there is. */
export const SOFT_DELETED = 2n ** 63n - 1n;

export const isSoftDeleted = (retention: Retention): boolean => retention.truncateBefore === SOFT_DELETED;

/** Not zod's `int`, which ends at 2^53: the `$tb` of a deleted stream does not. */
const whole = z.number().refine(Number.isInteger).optional();

const metadata = z.object({ $maxCount: whole, $maxAge: whole, $tb: whole });

/** Numbers that make no sense are ignored; what cannot be read as stream metadata at all hides nothing. */
export const parseRetention = (data: Uint8Array): Retention => {
  const parsed = metadata.safeParse(jsonOf(data));
  if (!parsed.success) return NO_RETENTION;
  const { $maxCount: maxCount, $maxAge: maxAge, $tb: truncateBefore } = parsed.data;
  return {
    ...(maxCount !== undefined && maxCount > 0 && { maxCount: BigInt(maxCount) }),
    ...(maxAge !== undefined && maxAge > 0 && { maxAgeMs: maxAge * 1000 }),
    ...(truncateBefore !== undefined && truncateBefore > 0 && { truncateBefore: revisionOf(truncateBefore) }),
  };
};

/** The metadata as it was, showing events from `revision` on: what the server writes when a deleted stream goes on. */
export const undeleted = (data: Uint8Array, revision: bigint): Buffer => {
  const json = jsonOf(data);
  const kept = typeof json === 'object' && json !== null ? json : {};
  return Buffer.from(JSON.stringify({ ...kept, $tb: Number(revision) }));
};

/** The lowest revision that stream reads show, as far as counting decides. */
export const firstVisible = (retention: Retention, last: bigint): bigint => {
  const counted = retention.maxCount === undefined ? 0n : last - retention.maxCount + 1n;
  const truncated = retention.truncateBefore ?? 0n;
  return counted > truncated ? counted : truncated;
};

export const isExpired = (retention: Retention, createdMs: number, nowMs: number): boolean =>
  retention.maxAgeMs !== undefined && createdMs < nowMs - retention.maxAgeMs;

/** JSON numbers lose the last digits of 2^63 - 1. */
const revisionOf = (truncateBefore: number): bigint =>
  truncateBefore >= Number(SOFT_DELETED) ? SOFT_DELETED : BigInt(truncateBefore);

const jsonOf = (data: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
};
