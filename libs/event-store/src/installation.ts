import { setTimeout as sleep } from 'node:timers/promises';

import { defineEvent, idSchema, toInstant } from '@tempore/kernel';
import { z } from 'zod';

import { backOff } from './back-off';
import { RevisionConflict, StoreUnavailable } from './errors';
import type { EventStore } from './port';

/** The stream that a log gets first, with the one event that names it. */
export const INSTALLATION_STREAM = 'installation-self';

export const installationFounded = defineEvent(
  'installation-founded',
  'Gives this log an identity of its own, so that a checkpoint saved against another log is refused.',
  z.object({ installationId: idSchema }),
);

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;
const PATIENCE_MS = 20_000;

/**
 * The identity of this log: what the first start wrote into it, for ever. Several processes may start at once; the one
 * whose append comes first decides.
 */
export const installationId = async (store: EventStore, candidate: string, now: Date): Promise<string> => {
  let left = PATIENCE_MS;
  for (const pause of backOff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS)) {
    const known = (await knownInstallationId(store)) ?? (await found(store, candidate, now));
    if (known) return known;
    // Another start was first, and a cluster shows what it wrote once a quorum has it.
    if (left <= 0) break;
    await sleep(pause);
    left -= pause;
  }
  throw new StoreUnavailable(`${INSTALLATION_STREAM} is being founded by another process, whose append no read shows`);
};

/** Undefined where another start was first. */
const found = async (store: EventStore, candidate: string, now: Date): Promise<string | undefined> => {
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
    return undefined;
  }
};

/** The identity of a log that was founded; undefined where no app has run on it yet. */
export const knownInstallationId = async (store: EventStore): Promise<string | undefined> => {
  const { events } = await store.load(INSTALLATION_STREAM);
  const [founded] = events;
  return founded && installationFounded.schema.parse(founded.data).installationId;
};
