import type { RecordedEvent } from '@eventstore/db-client';
import type { StoredEvent } from '@tempore/kernel';

import type { Namespace } from './namespace';

/** Throws where the server, older than any that is supported, gives an event of a stream no place in the log. */
export const toStoredEvent = (
  namespace: Namespace,
  { streamId, revision, id, type, data, metadata, position }: RecordedEvent,
): StoredEvent => {
  if (!position) throw new Error(`The store gave no position for ${streamId}@${revision.toString()}`);
  return { stream: namespace.strip(streamId), revision, id, type, data, metadata, position };
};
