import type { AllStreamRecordedEvent } from '@eventstore/db-client';
import type { Position, StoredEvent } from '@tempore/kernel';

import type { Namespace } from './namespace';

type Recorded = Pick<AllStreamRecordedEvent, 'streamId' | 'revision' | 'id' | 'type' | 'data' | 'metadata'>;

export const toStoredEvent = (
  namespace: Namespace,
  event: Recorded & { readonly position: Position },
): StoredEvent => ({
  stream: namespace.strip(event.streamId),
  revision: event.revision,
  id: event.id,
  type: event.type,
  data: event.data,
  metadata: event.metadata,
  position: event.position,
});
