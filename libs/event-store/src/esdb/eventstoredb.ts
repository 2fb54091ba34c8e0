import { setTimeout as sleep } from 'node:timers/promises';

import { ErrorType, isCommandError, StreamNotFoundError } from '@eventstore/db-client';
import type { Position, StoredEvent } from '@tempore/kernel';
import pLimit from 'p-limit';

import { ForeignPosition, StoreUnavailable } from '../errors';
import type { Appended, Delivery, EventStore, NewEvent, Revision, Slice, SubscribeOptions } from '../port';
import { appendOnce, type AppendTimes } from './append';
import { Connection } from './connection';
import { Namespace } from './namespace';
import { toStoredEvent } from './stored-event';
import { subscribeOnce } from './subscribe';

export interface EventStoreSettings {
  /** `esdb://host:2113?tls=false`, or `esdb+discover://…` for a cluster. */
  readonly url: string;
  readonly namespace?: string;
  readonly times?: Partial<AppendTimes>;
  /** Appends under way at once; more of them wait here, where they cost nothing. */
  readonly maxInFlight?: number;
}

const PAGE = 500;
const PAGE_DEADLINE_MS = 10_000;
const MAX_RECONNECT_DELAY_MS = 5_000;

/** Opens the log on any server that speaks EventStoreDB's protocol. Connects at the first call. */
export const openEventStore = (settings: EventStoreSettings): EventStore => new EventStoreDb(settings);

class EventStoreDb implements EventStore {
  private readonly connection: Connection;
  private readonly namespace: Namespace;
  private readonly times: AppendTimes;
  private readonly limit: ReturnType<typeof pLimit>;

  constructor({ url, namespace = '', times, maxInFlight = 256 }: EventStoreSettings) {
    this.connection = new Connection(url);
    this.namespace = new Namespace(namespace);
    this.times = { tryMs: 4_000, totalMs: 20_000, ...times };
    this.limit = pLimit(maxInFlight);
  }

  async load(stream: string, from = 0n): Promise<Slice> {
    const events: StoredEvent[] = [];
    for (;;) {
      const page = await this.page(stream, from + BigInt(events.length));
      events.push(...page);
      if (page.length < PAGE) break;
    }
    const last = events.at(-1);
    return { events, revision: last ? last.revision : from > 0n ? from - 1n : 'none' };
  }

  private async page(stream: string, from: bigint): Promise<StoredEvent[]> {
    const { client } = this.connection;
    const events: StoredEvent[] = [];
    try {
      const read = client.readStream(this.namespace.qualify(stream), {
        fromRevision: from,
        maxCount: PAGE,
        deadline: PAGE_DEADLINE_MS,
      });
      for await (const { event } of read)
        if (event?.position) events.push(toStoredEvent(this.namespace, { ...event, position: event.position }));
      return events;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      if (!isTransient(error)) throw error;
      this.connection.renew(client);
      throw new StoreUnavailable(`read of ${stream} failed`, { cause: error });
    }
  }

  append(stream: string, expected: Revision, events: readonly [NewEvent, ...NewEvent[]]): Promise<Appended> {
    return this.limit(() => appendOnce(this.connection, this.namespace.qualify(stream), expected, events, this.times));
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<Delivery, void, undefined> {
    let { from } = options;
    const { signal } = options;
    const aborted = (): boolean => signal.aborted;
    for (let failures = 0; !aborted();) {
      try {
        for await (const delivery of subscribeOnce(this.connection, this.namespace, { ...options, from })) {
          failures = 0;
          yield delivery;
          from = delivery.through ?? from;
        }
        await sleep(100, undefined, { signal }).catch(() => undefined);
      } catch (error) {
        if (aborted()) return;
        if (from && isForeign(error))
          throw new ForeignPosition('The log holds no event at this place', { cause: error });
        if (!isTransient(error)) throw error;
        const delay = Math.min(100 * 2 ** failures++, MAX_RECONNECT_DELAY_MS);
        options.onReconnect?.(error, delay);
        await sleep(delay, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async *readAll(options: SubscribeOptions): AsyncGenerator<StoredEvent, void, undefined> {
    for await (const { events, caughtUp } of this.subscribe(options)) {
      yield* events;
      if (caughtUp) return;
    }
  }

  async head(): Promise<Position | undefined> {
    const newest = this.connection.client.readAll({
      direction: 'backwards',
      fromPosition: 'end',
      maxCount: 1,
      deadline: PAGE_DEADLINE_MS,
    });
    for await (const { event } of newest) return event?.position;
    return undefined;
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

const TRANSIENT: ReadonlySet<string> = new Set([
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
]);

const isTransient = (error: unknown): boolean =>
  error instanceof Error && isCommandError(error) && TRANSIENT.has(error.type);

/** 23.10 answers UNKNOWN, newer servers INVALID_ARGUMENT, to a position between two records. */
const isForeign = (error: unknown): boolean =>
  error instanceof Error &&
  isCommandError(error) &&
  (error.type === ErrorType.UNKNOWN || error.type === ErrorType.INVALID_ARGUMENT);
