import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { Position, StoredEvent } from '@tempore/kernel';
import pLimit from 'p-limit';

import { AppendRefused, ForeignPosition, RevisionConflict } from '../errors';
import type { Appended, Categories, Delivery, EventStore, NewEvent, Revision, Slice, SubscribeOptions } from '../port';
import { encodeEvents } from './append-message';
import { Appender } from './appender';
import { clientFor, type Connection } from './client';
import { type Budget, insist, isRefusedPosition, isTransient, type Patience, Unsettled } from './failures';
import { Namespace } from './namespace';
import { beforePlace, ofStream, readEvents } from './read';
import { OpenStreams } from './open-streams';
import type { SentEvent } from './read-response';
import { toStoredEvent } from './stored-event';
import { subscribeOnce } from './subscribe';

export interface EventStoreSettings {
  /** `esdb://host:2113?tls=false`; a cluster is `esdb://host1:2113,host2:2113,host3:2113`. */
  readonly url: string;
  readonly namespace?: string;
  readonly patience?: Partial<Patience>;
  /** Appends under way at once; more of them wait here, where they cost nothing. */
  readonly maxInFlight?: number;
  /** Counts what is open on the connection. */
  readonly streams?: OpenStreams;
}

/** Each read is a call of its own, and the server takes a hundred: subscriptions and appends keep their place. */
const READS_AT_ONCE = 50;
const PAGE = 500;
/** The newest event of an installation is mostly among the last of the store. */
const SHORT_PAGE = 20;
const FIRST_RECONNECT_DELAY_MS = 100;
const LONGEST_RECONNECT_DELAY_MS = 5_000;

/** Opens the log on any server that speaks EventStoreDB's protocol. Connects at the first call. */
export const openEventStore = (settings: EventStoreSettings): EventStore => new EventStoreDb(settings);

class EventStoreDb implements EventStore {
  private readonly connection: Connection;
  private readonly appender: Appender;
  private readonly namespace: Namespace;
  private readonly patience: Patience;
  private readonly limit: ReturnType<typeof pLimit>;
  private readonly reads: ReturnType<typeof pLimit>;
  private readonly closing = new AbortController();

  constructor({ url, namespace = '', patience, maxInFlight = 256, streams = new OpenStreams() }: EventStoreSettings) {
    this.connection = { client: clientFor(url), streams };
    this.appender = new Appender(this.connection);
    this.namespace = new Namespace(namespace);
    this.patience = { tryMs: 4_000, totalMs: 20_000, ...patience };
    this.limit = pLimit(maxInFlight);
    this.reads = pLimit(READS_AT_ONCE);
    // Every call that pauses listens.
    setMaxListeners(0, this.closing.signal);
  }

  async load(stream: string, from = 0n, through?: bigint): Promise<Slice> {
    const events: StoredEvent[] = [];
    for (let next = from; ;) {
      const size = through === undefined ? PAGE : Math.min(PAGE, Number(through - next) + 1);
      const page = size > 0 ? await this.page(stream, next, size) : [];
      events.push(...page);
      const last = events.at(-1);
      if (!last || page.length < size || last.revision === through)
        return { events, revision: last?.revision ?? (from > 0n ? from - 1n : 'none') };
      next = last.revision + 1n;
    }
  }

  private async page(stream: string, from: bigint, size: number): Promise<StoredEvent[]> {
    const name = this.namespace.qualify(stream);
    const page = await this.read(`The read of ${stream}`, ofStream(name, from, size));
    return page.map((event) => toStoredEvent(this.namespace, event));
  }

  private read(what: string, options: ReadReq.Options): Promise<SentEvent[]> {
    const budget = this.budget();
    return this.reads(() => insist(what, budget, (ms) => readEvents(this.connection, what, options, ms)));
  }

  async append(stream: string, expected: Revision, events: readonly [NewEvent, ...NewEvent[]]): Promise<Appended> {
    const name = this.namespace.qualifyNew(stream);
    const messages = encodeEvents(name, events);
    const budget = this.budget();
    // The same ids at the same revision each time, and nothing read in between: a repeat is answered as the first was.
    const answer = await this.limit(() =>
      insist(`The append to ${stream}`, budget, (ms) => this.appender.append(name, expected, messages, ms)),
    );
    switch (answer.kind) {
      case 'appended':
        return { revision: answer.revision, position: answer.position };
      case 'conflict':
        throw new RevisionConflict(stream, expected, answer.actual);
      case 'refused':
        throw new AppendRefused(`The store refused the append to ${stream}: ${answer.reason}`);
    }
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<Delivery, void, undefined> {
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    let { from } = options;
    let delay = FIRST_RECONNECT_DELAY_MS;
    while (!isAborted(signal)) {
      let begun = false;
      let reason: unknown = new Unsettled('the store ended the subscription');
      try {
        for await (const delivery of subscribeOnce(this.connection, this.namespace, { ...options, from, signal })) {
          begun = true;
          delay = FIRST_RECONNECT_DELAY_MS;
          yield delivery;
          from = delivery.through ?? from;
        }
      } catch (error) {
        if (from && !begun && isRefusedPosition(error))
          throw new ForeignPosition('The log holds no event at this place', { cause: error });
        if (!isTransient(error)) throw error;
        reason = error;
      }
      if (isAborted(signal)) return;
      options.onReconnect?.(reason, delay);
      await sleep(delay, undefined, { signal }).catch(() => undefined);
      delay = Math.min(2 * delay, LONGEST_RECONNECT_DELAY_MS);
    }
  }

  async *readAll(options: SubscribeOptions): AsyncGenerator<StoredEvent, void, undefined> {
    for await (const { events, caughtUp } of this.subscribe(options)) {
      yield* events;
      if (caughtUp) return;
    }
  }

  async newest(categories: Categories): Promise<Position | undefined> {
    const isAsked = this.namespace.isOf(categories);
    for (let before: Position | undefined, size = SHORT_PAGE; ; size = PAGE) {
      const page = await this.read('The read of the newest event', beforePlace(before, size));
      const newest = page.find(({ streamId }) => isAsked(streamId));
      const last = page.at(-1)?.position;
      if (newest || !last || page.length < size) return newest?.position;
      before = last;
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.appender.close();
    await this.connection.client.dispose();
  }

  private budget(): Budget {
    const { tryMs, totalMs } = this.patience;
    return { tryMs, until: performance.now() + totalMs, closing: this.closing.signal };
  }
}

/** A signal changes behind the compiler's back. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
