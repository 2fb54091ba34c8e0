import { CallFailed } from '../failure';
import { firstVisible, isExpired, isSoftDeleted, METASTREAM_RETENTION, type Retention } from '../retention';
import { type Entry } from '../storage/entry';
import { type EventLog } from '../storage/event-log';
import { describedBy, isMetastream } from '../storage/stream-record';

/** A stream as readers see it. */
export type VisibleStream = {
  readonly id: number;
  readonly last: bigint;
  readonly retention: Retention;
};

/** @returns undefined where there is no stream to see. @throws CallFailed where it was tombstoned. */
export const visibleStream = (log: EventLog, name: string): VisibleStream | undefined => {
  const record = log.stream(name);
  const isMeta = isMetastream(name);
  const described = isMeta ? log.stream(describedBy(name)) : undefined;
  if (record?.tombstoned || described?.tombstoned) throw new CallFailed({ kind: 'stream-deleted', stream: name });
  if (!record || record.last < 0n || isSoftDeleted(record.retention)) return undefined;
  return { id: record.id, last: record.last, retention: isMeta ? METASTREAM_RETENTION : record.retention };
};

/** The visible events of a stream from a revision on. */
export function* streamForwards(
  log: EventLog,
  { id, last, retention }: VisibleStream,
  from: bigint,
  nowMs: number,
): Generator<Entry, void> {
  const first = firstVisible(retention, last);
  for (const entry of revisions(log, id, from > first ? from : first, last)) {
    if (!isExpired(retention, entry.createdMs, nowMs)) yield entry;
  }
}

/** The visible events of a stream from a revision back, the latest first. */
export function* streamBackwards(
  log: EventLog,
  { id, last, retention }: VisibleStream,
  from: bigint,
  nowMs: number,
): Generator<Entry, void> {
  const first = firstVisible(retention, last);
  for (const entry of revisions(log, id, from < last ? from : last, first, 'backwards')) {
    if (!isExpired(retention, entry.createdMs, nowMs)) yield entry;
  }
}

/**
 * The events at the revisions `from` to `to` of a stream, both included. The index is read in pages, the events one
 * by one: a paused reader holds one event.
 */
export function* revisions(
  log: EventLog,
  streamId: number,
  from: bigint,
  to: bigint,
  direction: 'forwards' | 'backwards' = 'forwards',
): Generator<Entry, void> {
  const step = direction === 'forwards' ? 1n : -1n;
  for (let next = from; (to - next) * step >= 0n;) {
    const page = log.indexed(streamId, next, to);
    for (const { position } of page) {
      const entry = log.entry(position);
      if (!entry) throw new Error(`The log has lost the event at position ${position}.`);
      yield entry;
    }
    const last = page.at(-1);
    if (!last) return;
    next = last.revision + step;
  }
}
