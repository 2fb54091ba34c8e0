import { randomUUID } from 'node:crypto';

import { type EventMetadata, toInstant } from '@tempore/kernel';

import { eventStoreUrl, freshNamespace } from '../../../test/stores';
import {
  type Delivery,
  type EventStore,
  type EventStoreSettings,
  type NewEvent,
  openEventStore,
  type SubscribeOptions,
} from '../src';

const now = toInstant(new Date());

export const metadata: EventMetadata = {
  $correlationId: 'correlation',
  $causationId: 'cause',
  actor: 'actor',
  commandId: 'command',
  requestHash: 'hash',
  occurredAt: now,
  recordedAt: now,
  decider: 'test@1',
  schemaVersion: 1,
};

export const newEvent = (content: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'thing-happened',
  data: {},
  metadata,
  ...content,
});

/** So many events that say their number. */
export const numbered = (count: number, from = 0): [NewEvent, ...NewEvent[]] => {
  const [first, ...rest] = Array.from({ length: count }, (_, index) => newEvent({ data: { n: from + index } }));
  if (!first) throw new RangeError('at least one event');
  return [first, ...rest];
};

/** The number that an event says. */
export const numberOf = ({ data }: { readonly data: unknown }): number => (data as { n: number }).n;

/** Stores that are closed after each test: what stays open takes its place on the one connection of the process. */
export const testStores = (): ((settings?: Partial<EventStoreSettings>) => EventStore) => {
  const opened: EventStore[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));
  return (settings = {}) => {
    const store = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace(), ...settings });
    opened.push(store);
    return store;
  };
};

type Following = Omit<SubscribeOptions, 'signal'>;

/** Follows the log until what was delivered is enough. */
export const follow = async (
  store: EventStore,
  options: Following,
  enough: (deliveries: readonly Delivery[]) => boolean | Promise<boolean>,
): Promise<Delivery[]> => {
  const deliveries: Delivery[] = [];
  const abort = new AbortController();
  for await (const delivery of store.subscribe({ ...options, signal: abort.signal })) {
    deliveries.push(delivery);
    if (await enough(deliveries)) abort.abort();
  }
  return deliveries;
};

export const caughtUp = (deliveries: readonly Delivery[]): boolean => deliveries.some((one) => one.caughtUp);

export const eventsOf = (deliveries: readonly Delivery[]) => deliveries.flatMap(({ events }) => events);

export const readAll = async (store: EventStore, options: Following) => {
  const events = [];
  for await (const event of store.readAll({ ...options, signal: new AbortController().signal })) events.push(event);
  return events;
};
