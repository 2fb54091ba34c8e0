import { comparePositions, type Position, type StoredEvent } from '@tempore/kernel';

import type { Delivery, LogSource } from './log-source';

export interface FeedSettings {
  /** Events that a reader holds for its slowest view before it waits. */
  readonly capacity: number;
  /** Events kept behind the slowest view, so that others may still join. */
  readonly retained: number;
  /** How long a view may keep others from going on before it gets a reader of its own. */
  readonly patienceMs: number;
  /** How long a view on its way to the head waits for a full batch, which is worth far more than several small ones. */
  readonly lingerMs: number;
}

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

class FeedCursor implements Cursor {
  private reader: Reader | undefined;
  /** Number of the next delivery, as the reader counts them. */
  next = 0;
  private toldCaughtUp = false;

  constructor(
    private readonly feed: Feed,
    /** Everything at or before this place has been taken. */
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

  /** Told by the reader that it goes on without this cursor. */
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

interface Held {
  readonly delivery: Delivery;
  /** Weight of all deliveries up to this one; one without events weighs one, so that none are held without bound. */
  readonly upTo: number;
}

/** One subscription and the deliveries of it that its cursors have not all taken. */
class Reader {
  /** Whether the end of the log was reached. */
  atHead = false;
  failure: { readonly error: unknown } | undefined;
  private held: Held[] = [];
  /** Number of the first delivery held. */
  private first = 0;
  /** Weight of all deliveries before the first one held. */
  private dropped = 0;
  private through: Position | undefined;
  private readonly cursors = new Set<FeedCursor>();
  private readonly abort = new AbortController();
  private readonly waiting = new Set<() => void>();

  constructor(
    source: LogSource,
    /** Nothing at or before this place is held. */
    private start: Position | undefined,
    private readonly settings: FeedSettings,
    private readonly onEnd: () => void,
  ) {
    this.through = start;
    void this.pump(source);
  }

  get members(): number {
    return this.cursors.size;
  }

  /** More is on its way, and nobody waits for it. */
  get isFilling(): boolean {
    return !this.atHead && !this.failure;
  }

  /** Weight of what stands behind a number. */
  ahead(number: number): number {
    return this.weightBefore(this.end) - this.weightBefore(number);
  }

  /** Number that the next delivery will have. */
  get end(): number {
    return this.first + this.held.length;
  }

  covers(position: Position | undefined): boolean {
    if (this.failure) return false;
    if (!position) return !this.start;
    if (this.start && comparePositions(this.start, position) > 0) return false;
    return this.atHead || (this.through !== undefined && comparePositions(position, this.through) <= 0);
  }

  add(cursor: FeedCursor): this {
    const { position } = cursor;
    const isNew = ({ delivery: { through } }: Held): boolean =>
      !position || !through || comparePositions(through, position) > 0;
    const firstNew = this.held.findIndex(isNew);
    cursor.next = firstNew < 0 ? this.end : this.first + firstNew;
    this.cursors.add(cursor);
    return this;
  }

  remove(cursor: FeedCursor): void {
    this.cursors.delete(cursor);
    if (this.cursors.size === 0) this.stop();
    else this.progressed();
  }

  /** Deliveries from a number on: at least one where there is one, and no more once there are `max` events. */
  from(number: number, max: number): readonly Delivery[] {
    const before = this.weightBefore(number);
    const begin = number - this.first;
    const full = this.held.findIndex(({ upTo }, index) => index >= begin && upTo - before >= max);
    return this.held.slice(begin, full < 0 ? undefined : full + 1).map(({ delivery }) => delivery);
  }

  /** A cursor went on: what nobody will ask for is let go. */
  progressed(): void {
    const disposable = Math.min(this.needed(), this.end) - this.first;
    const excess = this.weightBefore(this.end) - this.settings.retained;
    let drop = 0;
    for (const { delivery, upTo } of this.held.slice(0, disposable)) {
      if (upTo > excess) break;
      this.start = delivery.through ?? this.start;
      this.dropped = upTo;
      drop++;
    }
    this.held.splice(0, drop);
    this.first += drop;
    this.wake();
  }

  /** Resolves at the next change of anything here, when the time is over, or when the signal is aborted. */
  changed(signal: AbortSignal, timeoutMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(done, timeoutMs);
      this.waiting.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }

  private async pump(source: LogSource): Promise<void> {
    const { signal } = this.abort;
    try {
      for await (const delivery of source({ from: this.start, signal })) {
        const upTo = this.weightBefore(this.end) + Math.max(1, delivery.events.length);
        this.held.push({ delivery, upTo });
        this.through = delivery.through ?? this.through;
        this.atHead ||= delivery.caughtUp;
        this.wake();
        await this.room(signal);
        if (signal.aborted) break;
      }
      this.failure ??= { error: new Error('The log ended its delivery') };
    } catch (error) {
      this.failure ??= { error };
    }
    this.stop();
  }

  /** Waits while the slowest cursor has as much before it as may be held; in the end goes on without it. */
  private async room(signal: AbortSignal): Promise<void> {
    const isFull = (): boolean => this.ahead(this.needed()) >= this.settings.capacity;
    const { patienceMs } = this.settings;
    for (let since = performance.now(); !signal.aborted && isFull();) {
      await this.changed(signal, since + patienceMs - performance.now());
      if (performance.now() - since < patienceMs) continue;
      since = performance.now();
      this.leaveSlowest();
    }
  }

  /** Cursors that are as slow as all others are left alone. */
  private leaveSlowest(): void {
    const needed = this.needed();
    const slowest = [...this.cursors].filter(({ next }) => next === needed);
    if (slowest.length === this.cursors.size) return;
    for (const cursor of slowest) {
      this.cursors.delete(cursor);
      cursor.leftBehind();
    }
    this.progressed();
  }

  /** Number of the first delivery that some cursor has not taken. */
  private needed(): number {
    let needed = this.end;
    for (const { next } of this.cursors) needed = Math.min(needed, next);
    return needed;
  }

  private weightBefore(number: number): number {
    return this.held[number - this.first - 1]?.upTo ?? this.dropped;
  }

  private wake(): void {
    for (const done of [...this.waiting]) done();
  }

  private stop(): void {
    this.failure ??= { error: new Error('The reader was closed') };
    this.abort.abort();
    this.onEnd();
    this.wake();
  }
}
