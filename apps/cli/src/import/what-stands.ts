import type { Delivery, EventStore } from '@tempore/event-store';
import type { EventMetadata, StoredEvent } from '@tempore/kernel';

/**
 * What one stream costs to read by itself: as much as ten events that are told of in passing, each as much as ten
 * kilobytes of others that are passed over (measured on the embedded node: 300, 30 and 25 µs).
 */
const EVENTS_PER_READ = 10;
const BYTES_PER_EVENT = 10 * 1024;

export interface WhatStandsOptions {
  readonly categories: readonly string[];
  /** Whose commands are remembered. */
  readonly actor: string;
  readonly signal: AbortSignal;
}

/**
 * What stands in the log before an import. Many streams are learned of soonest by going through the log once, a few by
 * reading each, and how many will be asked for is known only after the last. So every question pays for a stretch of
 * the log that costs as much as the one read. Once the end is reached nothing unknown is read; where the end is far
 * away, the import pays twice for its reads, however long the log. Of what was told only names and ids are kept.
 */
export class WhatStands {
  private readonly streams = new Set<string>();
  private readonly carriedOut = new Set<string>();
  private readonly over = new AbortController();
  private readonly log: AsyncIterator<Delivery>;
  private asked = 0;
  /** What going through the log has cost so far, in events. */
  private spent = 0;
  private told = 0;
  private atEnd = false;
  private walk = Promise.resolve();

  constructor(
    private readonly store: Pick<EventStore, 'load' | 'subscribe'>,
    private readonly options: WhatStandsOptions,
  ) {
    const signal = AbortSignal.any([options.signal, this.over.signal]);
    // A single read tells how long a log that is gone is waited for.
    const onReconnect = (): void => this.over.abort();
    this.log = store.subscribe({ categories: options.categories, signal, onReconnect })[Symbol.asyncIterator]();
  }

  /**
   * The events of a stream, or undefined where all these commands are among what it went through. What others add
   * meanwhile may be missing. Throws `StoreUnavailable`.
   */
  async lookInto(stream: string, commandIds: readonly string[]): Promise<readonly StoredEvent[] | undefined> {
    this.asked++;
    this.walk = this.walk.then(() => this.walkOn());
    await this.walk;
    if (commandIds.every((id) => this.carriedOut.has(id))) return undefined;
    if (this.atEnd && !this.streams.has(stream)) return [];
    return (await this.store.load(stream)).events;
  }

  async close(): Promise<void> {
    this.over.abort();
    await this.log.return?.();
  }

  private async walkOn(): Promise<void> {
    while (this.spent < this.asked * EVENTS_PER_READ) {
      const next = await this.log.next();
      if (next.done) return this.stop();
      const { events, through, caughtUp } = next.value;
      events.forEach((event) => this.remember(event));
      this.told += events.length;
      // A place is a number of bytes.
      if (through) this.spent = this.told + Number(through.commit) / BYTES_PER_EVENT;
      this.atEnd = caughtUp;
      if (caughtUp) return this.stop();
    }
  }

  private async stop(): Promise<void> {
    this.spent = Infinity;
    await this.close();
  }

  private remember({ stream, metadata }: StoredEvent): void {
    this.streams.add(stream);
    // What is only compared needs no check.
    const { actor, commandId } = (metadata ?? {}) as Partial<EventMetadata>;
    if (commandId !== undefined && actor === this.options.actor) this.carriedOut.add(commandId);
  }
}
