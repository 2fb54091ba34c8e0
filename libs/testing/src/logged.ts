import { categoryOf, deriveId, type DomainEvent, type LoggedEvent } from '@tempore/kernel';

import { NOW } from './fold';

/** An event as whoever follows the log meets it: the first of its stream, recorded at `NOW`. */
export const logged = <E extends DomainEvent>(event: E, stream: string): LoggedEvent<E> => ({
  ...event,
  stream,
  revision: 0n,
  id: deriveId('event', event.type),
  metadata: {
    $correlationId: 'c',
    $causationId: 'c',
    actor: 'a',
    commandId: 'c',
    requestHash: '',
    occurredAt: NOW,
    recordedAt: NOW,
    decider: `${categoryOf(stream)}@1`,
    schemaVersion: 1,
  },
  position: { commit: 0n, prepare: 0n },
});
