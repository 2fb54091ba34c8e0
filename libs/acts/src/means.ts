import type { DocumentStore } from '@tempore/document-store';
import type { CommandRunner, EventStore } from '@tempore/event-store';
import type { Position } from '@tempore/kernel';
import type { Vault } from '@tempore/personal-data';
import type { Database } from '@tempore/read-models';
import type { Logger } from 'pino';

import type { Ids } from './ids';
import { DealTags } from './registration/deal-tags';
import { requestHasher, type Secrets } from './secrets';

/** What acts are carried out with. */
export interface Means {
  readonly runner: CommandRunner;
  readonly eventStore: EventStore;
  /** Of which the views are asked. */
  readonly database: Database;
  /** The keys of personal data. */
  readonly vault: Vault;
  readonly documents: DocumentStore;
  readonly ids: Pick<Ids, 'ofAccount'>;
  /** Keyed hash of what a request says. */
  readonly hash: (content: unknown) => string;
  readonly dealTags: DealTags;
  readonly logger: Pick<Logger, 'warn'>;
  /** Waits until a view has got to a place in the log. Throws a `Refusal` where it does not in time. */
  readonly reached: (view: string, position: Position, timeoutMs: number) => Promise<void>;
}

type Given = Pick<Means, 'runner' | 'eventStore' | 'database' | 'vault' | 'documents'> & { readonly secrets: Secrets };

/** What acts are carried out with on these stores. */
export const meansOf = (
  { runner, eventStore, database, vault, documents, secrets }: Given,
  more: Pick<Means, 'ids' | 'logger' | 'reached'>,
): Means => ({
  ...{ runner, eventStore, database, vault, documents },
  hash: requestHasher(secrets),
  dealTags: new DealTags(secrets),
  ...more,
});
