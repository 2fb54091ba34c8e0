import { comparePositions, type Position } from '@tempore/kernel';

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

/** Who takes what a reader holds. */
export interface Taker {
  /** Everything at or before this place has been taken. */
  readonly position: Position | undefined;
  /** Number of the next delivery to take, as the reader counts them. */
  next: number;
  /** Told that the reader goes on without it. */
  leftBehind(): void;
}

interface Held {
  readonly delivery: Delivery;
  /** Weight of all deliveries up to this one; one without events weighs one, so that none are held without bound. */
  readonly upTo: number;
}

/** One subscription and the deliveries of it that its takers have not all taken. */
export class Reader {
  /** Whether the end of the log was reached. */
  atHead = false;
  failure: { readonly error: unknown } | undefined;
  private held: Held[] = [];
  /** Number of the first delivery held. */
  private first = 0;
  /** Weight of all deliveries before the first one held. */
  private dropped = 0;
  private through: Position | undefined;
  private readonly takers = new Set<Taker>();
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
    return this.takers.size;
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

  add(taker: Taker): this {
    const { position } = taker;
    const isNew = ({ delivery: { through } }: Held): boolean =>
      !position || !through || comparePositions(through, position) > 0;
    const firstNew = this.held.findIndex(isNew);
    taker.next = firstNew < 0 ? this.end : this.first + firstNew;
    this.takers.add(taker);
    return this;
  }

  remove(taker: Taker): void {
    this.takers.delete(taker);
    if (this.takers.size === 0) this.stop();
    else this.progressed();
  }

  /** Deliveries from a number on: at least one where there is one, and no more once there are `max` events. */
  from(number: number, max: number): readonly Delivery[] {
    const before = this.weightBefore(number);
    const begin = number - this.first;
    const full = this.held.findIndex(({ upTo }, index) => index >= begin && upTo - before >= max);
    return this.held.slice(begin, full < 0 ? undefined : full + 1).map(({ delivery }) => delivery);
  }

  /** A taker went on: what nobody will ask for is let go. */
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
      for await (const delivery of source.follow({ from: this.start, signal })) {
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

  /** Waits while the slowest taker has as much before it as may be held; in the end goes on without it. */
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
    const slowest = [...this.takers].filter(({ next }) => next === needed);
    if (slowest.length === this.takers.size) return;
    for (const taker of slowest) {
      this.takers.delete(taker);
      taker.leftBehind();
    }
    this.progressed();
  }

  /** Number of the first delivery that some taker has not taken. */
  private needed(): number {
    let needed = this.end;
    for (const { next } of this.takers) needed = Math.min(needed, next);
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
