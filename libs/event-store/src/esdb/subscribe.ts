import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventStoreDBClient,
  streamNameFilter,
} from '@eventstore/db-client';
import { comparePositions, type Position, type StoredEvent } from '@tempore/kernel';

import type { Delivery, SubscribeOptions } from '../port';
import type { Namespace } from './namespace';
import { toStoredEvent } from './stored-event';

const BATCH = 500;

/** A notice every so many considered events keeps the checkpoint of a quiet filter near the head. */
const SEARCH_WINDOW = 500;

/** One subscription, from its opening to its end or failure, as ordered deliveries. */
export async function* subscribeOnce(
  client: EventStoreDBClient,
  namespace: Namespace,
  { categories, from, signal, batchSize = BATCH }: SubscribeOptions,
): AsyncGenerator<Delivery, void, undefined> {
  const inOrder = new OrderedReader((onNotice) =>
    client.subscribeToAll(
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
    inOrder.stop();
  };
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const delivery = await inOrder.next(batchSize, (event) => toStoredEvent(namespace, event));
      if (!delivery) return;
      yield delivery;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    inOrder.close();
  }
}

type Recorded = NonNullable<AllStreamResolvedEvent['event']>;

/**
 * Puts what the client reports in three ways (events, notices, caught up) back into the one order in which the server
 * sent it. Notices are announced when they arrive, while events before them still sit in the buffer: a checkpoint
 * saved at once would skip those events after a crash. So each holds only when the events before it are handed over.
 */
class OrderedReader {
  private handedOver = 0;
  private notice: { readonly after: number; readonly position: Position } | undefined;
  private caughtUpAfter: number | undefined;
  private failure: { readonly error: unknown } | undefined;
  private ended = false;
  private wake: () => void = () => undefined;
  private readonly subscription: AllStreamSubscription;

  constructor(open: (onNotice: (position: Position) => void) => AllStreamSubscription) {
    this.subscription = open((position) => {
      this.notice = { after: this.arrived(), position };
      this.wake();
    });
    this.subscription.on('caughtUp', () => {
      this.caughtUpAfter = this.arrived();
      this.wake();
    });
    this.subscription.on('error', (error: unknown) => {
      this.failure = { error };
      this.wake();
    });
    this.subscription.on('readable', () => {
      this.wake();
    });
    this.subscription.on('end', () => {
      this.stop();
    });
  }

  /** The next delivery; undefined when the subscription has ended. Throws what it ended with. */
  async next(batchSize: number, convert: (event: Recorded) => StoredEvent): Promise<Delivery | undefined> {
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      const delivery = this.take(batchSize, convert);
      if (delivery) return delivery;
      if (this.failure) throw this.failure.error;
      if (this.ended) return undefined;
      await woken;
    }
  }

  stop(): void {
    this.ended = true;
    this.wake();
  }

  /** Nobody waits until the server knows. */
  close(): void {
    this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.destroy();
  }

  /** Events handed over or waiting in the buffer. */
  private arrived(): number {
    return this.handedOver + this.subscription.readableLength;
  }

  private take(batchSize: number, convert: (event: Recorded) => StoredEvent): Delivery | undefined {
    const events: StoredEvent[] = [];
    while (events.length < batchSize) {
      const resolved = this.subscription.read() as AllStreamResolvedEvent | null;
      if (!resolved) break;
      this.handedOver++;
      if (resolved.event) events.push(convert(resolved.event));
    }
    const through = laterOf(events.at(-1)?.position, this.takeNotice());
    const caughtUp = this.takeCaughtUp();
    return through || caughtUp ? { events, through, caughtUp } : undefined;
  }

  private takeNotice(): Position | undefined {
    if (!this.notice || this.notice.after > this.handedOver) return undefined;
    const { position } = this.notice;
    this.notice = undefined;
    return position;
  }

  private takeCaughtUp(): boolean {
    if (this.caughtUpAfter === undefined || this.caughtUpAfter > this.handedOver) return false;
    this.caughtUpAfter = undefined;
    return true;
  }
}

const laterOf = (a: Position | undefined, b: Position | undefined): Position | undefined =>
  a && b ? (comparePositions(a, b) > 0 ? a : b) : (a ?? b);
