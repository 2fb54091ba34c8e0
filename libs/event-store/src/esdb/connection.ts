import { EventStoreDBClient } from '@eventstore/db-client';

/**
 * The one client of this process, and the way to a new one. After an unanswered append a client may never answer
 * again, and a channel to a lost leader is no use: both are left behind by `renew`.
 */
export class Connection {
  private current: EventStoreDBClient;

  constructor(private readonly url: string) {
    this.current = EventStoreDBClient.connectionString(url);
  }

  get client(): EventStoreDBClient {
    return this.current;
  }

  /** Opens a new client in place of a failed one; does nothing where another caller already did. */
  renew(failed: EventStoreDBClient): void {
    if (failed !== this.current) return;
    this.current = EventStoreDBClient.connectionString(this.url);
    dispose(failed);
  }

  async close(): Promise<void> {
    await this.current.dispose();
  }
}

/** A channel that is left behind may fail to close for the very reason it was left; nobody waits for it. */
const dispose = (client: EventStoreDBClient): void => {
  client.dispose().catch(() => undefined);
};
