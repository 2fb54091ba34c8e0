import type { StoredEvent } from '@tempore/kernel';

import type { Namespace } from './namespace';
import type { SentEvent } from './read-response';

export const toStoredEvent = (namespace: Namespace, { streamId, ...event }: SentEvent): StoredEvent => ({
  stream: namespace.strip(streamId),
  ...event,
});
