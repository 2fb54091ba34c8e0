import { EventStoreDBClient } from '@eventstore/db-client';

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
