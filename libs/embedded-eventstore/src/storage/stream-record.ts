import { NO_RETENTION, type Retention } from '../retention';

/** What is known of a stream without reading it; one lmdb record per stream. */
export type StreamRecord = {
  readonly id: number;
  /** Revision of the last event, -1 where there is none. */
  readonly last: bigint;
  readonly tombstoned: boolean;
  /** As the latest event of its metastream says. */
  readonly retention: Retention;
};

export const newStream = (id: number): StreamRecord => ({
  id,
  last: -1n,
  tombstoned: false,
  retention: NO_RETENTION,
});

const METASTREAM = '$$';

export const isMetastream = (stream: string): boolean => stream.startsWith(METASTREAM);
export const metastreamOf = (stream: string): string => METASTREAM + stream;
export const describedBy = (metastream: string): string => metastream.slice(METASTREAM.length);

/** The revision a tombstone stands at: the highest there is. */
export const TOMBSTONE_REVISION = 2n ** 63n - 1n;
