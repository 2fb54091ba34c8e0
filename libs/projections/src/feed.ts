import { comparePositions, type Position, type StoredEvent } from '@tempore/kernel';

import type { Delivery, LogSource } from './log-source';
import { type FeedSettings, Reader, type Taker } from './reader';

const DEFAULTS: FeedSettings = { capacity: 8_000, retained: 2_000, patienceMs: 2_000, lingerMs: 100 };

/** One view's place in the log. */
export interface Cursor {
  /**
   * Everything that is at hand behind the cursor, up to about `max` events; waits until there is something, and on the
   * way to the head a little for more. Undefined when the signal was aborted or the time ran out first. Throws what the
   * log threw.
   */
  take(options: { max: number; signal: AbortSignal; timeoutMs?: number }): Promise<Delivery | undefined>;
  close(): void;
}

/**
 * Reads the log for several views at once: views that are near each other share one reader, so that an event comes
 * over the wire, and is decoded, once. The reader fetches ahead while views write. A view that is far from all others,
 * or keeps them waiting, reads alone until it has caught up.
 */
export class Feed {
  private readonly readers = new Set<Reader>();
  readonly settings: FeedSettings;

  constructor(
    private readonly source: LogSource,
    settings: Partial<FeedSettings> = {},
  ) {
    this.settings = { ...DEFAULTS, ...settings };
  }

  open(from: Position | undefined): Cursor {
    return new FeedCursor(this, from);
  }

  /** The reader that a cursor at this place should use. */
  join(cursor: FeedCursor): Reader {
    for (const reader of this.readers) if (reader.covers(cursor.position)) return reader.add(cursor);
    const reader = new Reader(this.source, cursor.position, this.settings, () => this.readers.delete(reader));
    this.readers.add(reader);
    return reader.add(cursor);
  }

  /** Another reader at the head that could serve the cursor as well as its own. */
  alternative(cursor: FeedCursor, own: Reader): Reader | undefined {
    for (const reader of this.readers) {
      if (reader === own) return undefined;
      if (reader.atHead && reader.covers(cursor.position)) return reader;
    }
    return undefined;
  }
}

class FeedCursor implements Cursor, Taker {
  private reader: Reader | undefined;
  next = 0;
  private toldCaughtUp = false;

  constructor(
    private readonly feed: Feed,
    public position: Position | undefined,
  ) {}

  async take({
    max,
    signal,
    timeoutMs,
  }: {
    max: number;
    signal: AbortSignal;
    timeoutMs?: number;
  }): Promise<Delivery | undefined> {
    const began = performance.now();
    const deadline = timeoutMs === undefined ? undefined : began + timeoutMs;
    const { capacity, lingerMs } = this.feed.settings;
    while (!signal.aborted) {
      const reader = (this.reader ??= this.feed.join(this));
      const lingering = began + lingerMs - performance.now();
      if (lingering > 0 && reader.isFilling && reader.ahead(this.next) < Math.min(max, capacity / 2)) {
        await reader.changed(signal, lingering);
        continue;
      }
      const taken = this.collect(reader, max);
      if (taken) return taken;
      if (reader.failure) {
        this.close();
        throw reader.failure.error;
      }
      if (this.moveToShared(reader)) continue;
      const left = deadline === undefined ? undefined : deadline - performance.now();
      if (left !== undefined && left <= 0) return undefined;
      await reader.changed(signal, left);
    }
    return undefined;
  }

  private collect(reader: Reader, max: number): Delivery | undefined {
    const deliveries = reader.from(this.next, max);
    const caughtUpNow = reader.atHead && this.next + deliveries.length === reader.end;
    if (deliveries.length === 0 && (!caughtUpNow || this.toldCaughtUp)) return undefined;
    const start = this.position;
    const events = deliveries.flatMap((delivery) => newerThan(start, delivery));
    this.position = laterOf(start, deliveries.findLast(({ through }) => through)?.through);
    this.next += deliveries.length;
    const caughtUp = caughtUpNow && !this.toldCaughtUp;
    if (caughtUpNow) this.toldCaughtUp = true;
    reader.progressed();
    return { events, through: this.position, caughtUp };
  }

  /** Gives up a reader of its own when it has got to where a shared one is. */
  private moveToShared(reader: Reader): boolean {
    if (!reader.atHead || reader.members !== 1) return false;
    const other = this.feed.alternative(this, reader);
    if (!other) return false;
    reader.remove(this);
    this.reader = other.add(this);
    return true;
  }

  leftBehind(): void {
    this.reader = undefined;
    this.toldCaughtUp = false;
  }

  close(): void {
    this.reader?.remove(this);
    this.reader = undefined;
  }
}

const laterOf = (a: Position | undefined, b: Position | undefined): Position | undefined =>
  a && b ? (comparePositions(a, b) > 0 ? a : b) : (a ?? b);

const newerThan = (start: Position | undefined, { events }: Delivery): readonly StoredEvent[] => {
  const [first] = events;
  if (!start || !first || comparePositions(first.position, start) > 0) return events;
  return events.filter(({ position }) => comparePositions(position, start) > 0);
};
