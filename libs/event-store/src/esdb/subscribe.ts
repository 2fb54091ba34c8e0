import { type AllStreamSubscription, type AllStreamResolvedEvent, streamNameFilter } from '@eventstore/db-client';
import type { Position, StoredEvent } from '@tempore/kernel';

import type { Delivery, SubscribeOptions } from '../port';
import type { Connection } from './connection';
import type { Namespace } from './namespace';
import { toStoredEvent } from './stored-event';

/** A notice every `SEARCH_WINDOW` considered events keeps a quiet filter's checkpoint near the head. */
const SEARCH_WINDOW = 500;

/** Something the server said between two events; it holds once that many events have been handed over. */
interface Mark {
  readonly after: number;
}

/**
 * Puts what the client reports on three channels (events, notices, caught up) back into the one order in which the
 * server sent it. Notices are announced when they arrive, while events before them may still sit in the buffer: a
 * notice that was saved at once would skip those events after a crash.
 */
class OrderedReader {
  private handed = 0;
  private notice: (Mark & { readonly position: Position }) | undefined;
  private caughtUp: Mark | undefined;
  private failure: { readonly error: unknown } | undefined;
  private ended = false;
  private wake: () => void = () => undefined;
  private readonly subscription: AllStreamSubscription;

  constructor(open: (onNotice: (position: Position) => void) => AllStreamSubscription) {
    this.subscription = open((position) => {
      this.notice = { after: this.seen(), position };
      this.wake();
    });
    this.subscription
      .on('caughtUp', () => {
        this.caughtUp = { after: this.seen() };
        this.wake();
      })
      .on('error', (error: unknown) => {
        this.failure = { error };
        this.wake();
      })
      .on('readable', () => {
        this.wake();
      })
      .on('end', () => {
        this.ended = true;
        this.wake();
      });
  }

  /** Events handed over or waiting in the buffer. */
  private seen(): number {
    return this.handed + this.subscription.readableLength;
  }

  /** The next delivery; undefined when the subscription has ended. Throws what it ended with. */
  async next(
    batchSize: number,
    convert: (event: AllStreamResolvedEvent) => StoredEvent[],
  ): Promise<Delivery | undefined> {
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      const delivery = this.take(batchSize, convert);
      if (delivery) return delivery;
      if (this.failure) throw this.failure.error;
      if (this.ended) return undefined;
      await woken;
    }
  }

  private take(batchSize: number, convert: (event: AllStreamResolvedEvent) => StoredEvent[]): Delivery | undefined {
    const events: StoredEvent[] = [];
    while (events.length < batchSize) {
      const resolved = this.subscription.read() as AllStreamResolvedEvent | null;
      if (!resolved) break;
      this.handed++;
      events.push(...convert(resolved));
    }
    let through = events.at(-1)?.position;
    if (this.notice && this.notice.after <= this.handed) {
      if (!through || this.notice.position.commit > through.commit) through = this.notice.position;
      this.notice = undefined;
    }
    const caughtUp = this.caughtUp !== undefined && this.caughtUp.after <= this.handed;
    if (caughtUp) this.caughtUp = undefined;
    return through || caughtUp ? { events, through, caughtUp } : undefined;
  }

  async close(): Promise<void> {
    this.subscription.on('error', () => undefined);
    await this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.destroy();
  }

  stop(): void {
    this.ended = true;
    this.wake();
  }
}

/** One subscription, from its opening to its end or failure, as ordered deliveries. */
export async function* subscribeOnce(
  connection: Connection,
  namespace: Namespace,
  { categories, from, signal, batchSize = 500 }: SubscribeOptions,
): AsyncGenerator<Delivery, void, undefined> {
  const reader = new OrderedReader((onNotice) =>
    connection.client.subscribeToAll(
      {
        fromPosition: from ?? 'start',
        filter: streamNameFilter({
          prefixes: categories.map((category) => namespace.qualify(`${category}-`)),
          maxSearchWindow: SEARCH_WINDOW,
          checkpointReached: (_, position) => {
            onNotice(position);
          },
        }),
      },
      { highWaterMark: batchSize },
    ),
  );
  const stop = (): void => {
    reader.stop();
  };
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const delivery = await reader.next(batchSize, ({ event }) => (event ? [toStoredEvent(namespace, event)] : []));
      if (!delivery) return;
      yield delivery;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await reader.close();
  }
}
