import { setImmediate } from 'node:timers/promises';

import { convertToCommandError } from '@eventstore/db-client';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { Position, StoredEvent } from '@tempore/kernel';

import type { Delivery, SubscribeOptions } from '../port';
import type { Connection } from './client';
import type { NameFilter, Namespace } from './namespace';
import { openRead, placeOf, type ReadCall } from './read';
import type { Told } from './read-response';
import { toStoredEvent } from './stored-event';

const BATCH = 500;

/** A notice every so many considered events keeps the checkpoint of a quiet filter near the head. */
const SEARCH_WINDOW = 500;

/**
 * One subscription, from its opening to its end or failure, as ordered deliveries, over a call of our own: the
 * client reports events, notices and the end of the log in three ways, of which only the first waits its turn
 * (docs/adr/0013).
 */
export async function* subscribeOnce(
  connection: Connection,
  namespace: Namespace,
  { categories, from, signal, batchSize = BATCH }: SubscribeOptions,
): AsyncGenerator<Delivery, void, undefined> {
  const opening = openRead(connection, 'subscribeToAll', subscription(namespace.filter(categories), from));
  const inbox = new Inbox(opening, batchSize, (event) => toStoredEvent(namespace, event));
  const stop = (): void => {
    inbox.stop();
  };
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const delivery = await inbox.next();
      if (!delivery) return;
      yield delivery;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    inbox.stop();
  }
}

const { Options } = ReadReq;

const subscription = (filter: NameFilter, from: Position | undefined): ReadReq.Options =>
  new Options()
    .setAll(from ? new Options.AllOptions().setPosition(placeOf(from)) : new Options.AllOptions().setStart(new Empty()))
    .setSubscription(new Options.SubscriptionOptions())
    .setFilter(
      new Options.FilterOptions()
        .setStreamIdentifier(expression(filter))
        .setMax(SEARCH_WINDOW)
        .setCheckpointintervalmultiplier(1),
    );

const expression = (filter: NameFilter): ReadReq.Options.FilterOptions.Expression => {
  const { Expression } = Options.FilterOptions;
  return 'regex' in filter
    ? new Expression().setRegex(filter.regex)
    : new Expression().setPrefixList([...filter.prefixes]);
};

/** What has arrived on a call and was not handed over yet; the call pauses while that is a batch. */
class Inbox {
  private events: StoredEvent[] = [];
  private through: Position | undefined;
  private caughtUp = false;
  private failure: { readonly error: unknown } | undefined;
  private over = false;
  private call: ReadCall | undefined;
  private wake: () => void = () => undefined;

  constructor(
    opening: Promise<ReadCall>,
    private readonly batchSize: number,
    private readonly convert: (event: NonNullable<Told['event']>) => StoredEvent,
  ) {
    opening.then(
      (call) => {
        this.listen(call);
      },
      (error: unknown) => {
        this.fail(error);
      },
    );
  }

  /** The next delivery; undefined when the subscription is over. Throws what it ended with. */
  async next(): Promise<Delivery | undefined> {
    for (;;) {
      const delivery = this.take();
      if (delivery) return delivery;
      if (this.failure) throw this.failure.error;
      if (this.over) return undefined;
      await new Promise<void>((resolve) => (this.wake = resolve));
      // Messages come one by one; those of one packet belong together.
      await setImmediate();
    }
  }

  /** Nobody waits until the server knows. */
  stop(): void {
    this.over = true;
    this.call?.cancel();
    this.wake();
  }

  private listen(call: ReadCall): void {
    this.call = call;
    call.on('error', (error) => {
      this.fail(convertToCommandError(error));
    });
    call.on('end', () => {
      this.stop();
    });
    if (this.over) call.cancel();
    else
      call.on('data', (told: Told) => {
        this.receive(told);
      });
  }

  private receive({ event, checkpoint, caughtUp }: Told): void {
    if (event) this.events.push(this.convert(event));
    this.through = event?.position ?? checkpoint ?? this.through;
    this.caughtUp ||= caughtUp === true;
    if (this.events.length >= this.batchSize) this.call?.pause();
    this.wake();
  }

  private take(): Delivery | undefined {
    const { events, through, caughtUp } = this;
    if (!through && !caughtUp) return undefined;
    [this.events, this.through, this.caughtUp] = [[], undefined, false];
    this.call?.resume();
    return { events, through, caughtUp };
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.wake();
  }
}
