import { randomUUID } from 'node:crypto';

import {
  type AllStreamSubscription,
  EventStoreDBClient,
  jsonEvent,
  type JSONType,
  NO_STREAM,
} from '@eventstore/db-client';

import { eventStoreUrl } from '../stores';

/** What an event says. */
export interface Content {
  readonly type: string;
  readonly data: JSONType;
  readonly metadata: JSONType;
}

/** As large as an event of the product: its data and metadata are those of an alias of a customer. */
const ALIAS: Content = {
  type: 'account-alias-added',
  data: { name: 'Contoso Maschinenbau', validFrom: '2026-05-01T12:00:00.000Z', validUntil: null },
  metadata: {
    $correlationId: randomUUID(),
    $causationId: randomUUID(),
    actor: randomUUID(),
    commandId: randomUUID(),
    requestHash: 'f'.repeat(64),
    occurredAt: '2026-05-01T12:00:00.000Z',
    recordedAt: '2026-05-01T12:00:00.000Z',
    decider: 'account@1',
    schemaVersion: 1,
  },
};

/** What anybody would write who had only the client. */
export interface BareClient {
  /** What its own streams begin with. */
  readonly prefix: string;
  /** Events that it appended so far. */
  readonly appended: () => number;
  /** Appends event after event to a stream of its own, each at the revision of the one before. */
  readonly writer: (contents?: readonly Content[]) => () => Promise<void>;
  /** Events a second of one subscription from the beginning of the log, until it has seen so many of these streams. */
  readonly catchUp: (prefixes: readonly string[], events: number) => Promise<number>;
  /** Follows the log from its end, once that is reached: tells the stream of every event, when it comes. */
  readonly follow: (prefix: string, hear: (stream: string) => void) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

export const openBareClient = (): BareClient => {
  const client = EventStoreDBClient.connectionString(eventStoreUrl());
  const prefix = `bare_${randomUUID().replaceAll('-', '')}-`;
  let appended = 0;
  const subscribe = (prefixes: readonly string[], fromPosition: 'start' | 'end'): AllStreamSubscription =>
    client.subscribeToAll({
      fromPosition,
      filter: { filterOn: 'streamName', prefixes: [...prefixes], maxSearchWindow: 500, checkpointInterval: 1 },
    });
  return {
    prefix,
    appended: () => appended,
    writer: (contents = [ALIAS]) => {
      const stream = `${prefix}${randomUUID()}`;
      let revision: bigint | undefined;
      return async () => {
        const content = contents[Number(revision ?? -1n) + 1] ?? contents[0] ?? ALIAS;
        const { nextExpectedRevision } = await client.appendToStream(
          stream,
          jsonEvent({ id: randomUUID(), ...content }),
          { expectedRevision: revision ?? NO_STREAM },
        );
        revision = nextExpectedRevision;
        appended++;
      };
    },
    catchUp: async (prefixes, events) => {
      const subscription = subscribe(prefixes, 'start');
      const began = performance.now();
      let seen = 0;
      // The client says that it has caught up before it has handed over what waits in its buffer.
      const ended = new Promise<number>((resolve, reject) => {
        subscription.on('data', () => {
          if (++seen === events) resolve(performance.now());
        });
        subscription.on('error', reject);
      });
      const end = await ended.finally(() => subscription.unsubscribe());
      return (events * 1_000) / (end - began);
    },
    follow: async (wanted, hear) => {
      const subscription = subscribe([wanted], 'end');
      subscription.on('data', ({ event }) => {
        if (event) hear(event.streamId);
      });
      await new Promise<void>((resolve, reject) => {
        subscription.once('caughtUp', resolve);
        subscription.on('error', reject);
      });
      return () => subscription.unsubscribe();
    },
    close: () => client.dispose(),
  };
};
