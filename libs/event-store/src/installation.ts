import { defineEvent, idSchema, toInstant } from '@tempore/kernel';
import { z } from 'zod';

import { RevisionConflict } from './errors';
import type { EventStore } from './port';

/** The stream that a log gets first, with the one event that names it. */
export const INSTALLATION_STREAM = 'installation-self';

export const installationFounded = defineEvent(
  'installation-founded',
  'Gives this log an identity of its own, so that a checkpoint saved against another log is refused.',
  z.object({ installationId: idSchema }),
);

/**
 * The identity of this log: what the first start wrote into it, for ever. Several processes may start at once; the one
 * whose append comes first decides.
 */
export const installationId = async (store: EventStore, candidate: string, now: Date): Promise<string> => {
  const known = await read(store);
  if (known) return known;
  const at = toInstant(now);
  try {
    await store.append(INSTALLATION_STREAM, 'none', [
      {
        id: candidate,
        type: installationFounded.type,
        data: { installationId: candidate },
        metadata: {
          $correlationId: candidate,
          $causationId: candidate,
          actor: candidate,
          commandId: candidate,
          requestHash: '',
          occurredAt: at,
          recordedAt: at,
          decider: 'installation@1',
          schemaVersion: installationFounded.schemaVersion,
        },
      },
    ]);
    return candidate;
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
    return installationId(store, candidate, now);
  }
};

const read = async (store: EventStore): Promise<string | undefined> => {
  const { events } = await store.load(INSTALLATION_STREAM);
  const [founded] = events;
  return founded && installationFounded.schema.parse(founded.data).installationId;
};
