import { EventStoreDBClient } from '@eventstore/db-client';

import type { OpenStreams } from './open-streams';

/** The way to a server, and what this process has under way on it. */
export interface Connection {
  readonly client: EventStoreDBClient;
  readonly streams: OpenStreams;
}

/**
 * The client for a connection string; it connects at the first call. When a call fails, it leaves its connection in the
 * background. Where the cluster cannot be found just then, nobody would hear of that, and it would end the process:
 * the next call finds it out for itself.
 */
export const clientFor = (url: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(url);
  const leave = client['handleError'];
  client['handleError'] = (...failed) => leave(...failed).catch(() => undefined);
  return client;
};
