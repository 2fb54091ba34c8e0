import { randomUUID } from 'node:crypto';

import { newIdOf, type PlainPerson, principalOf } from '@tempore/acts';
import { DOCKET } from '@tempore/dockets';
import { deriveId, type EventMetadata, toInstant } from '@tempore/kernel';
import type { SealedPerson } from '@tempore/people';

import { Readings } from '../../apps/api/src/access/readings';
import { PersonalData } from '../../apps/api/src/people/personal-data';
import type { Stores } from '../../apps/composition/src/stores';

/** Puts a person into the log as whoever records a touch does: sealed, as the counterpart of a call. */
export const enterPerson = async (
  { vault, secrets, eventStore, runner }: Pick<Stores, 'vault' | 'secrets' | 'eventStore' | 'runner'>,
  partnerId: string | null,
  plain: PlainPerson,
): Promise<SealedPerson> => {
  const commandId = randomUUID();
  const actor = randomUUID();
  const now = toInstant(new Date());
  const act = {
    principal: principalOf(actor, [partnerId === null ? 'channel-manager' : 'partner-user'], partnerId),
    meta: { commandId, requestHash: '', actor, now, correlationId: commandId },
    newId: newIdOf(commandId),
  };
  const counterpart = await new PersonalData(new Readings(runner, () => now), vault, secrets).enter(
    act,
    'counterpart',
    partnerId,
    plain,
  );
  const metadata: EventMetadata = {
    $correlationId: commandId,
    $causationId: commandId,
    actor,
    commandId,
    requestHash: '',
    occurredAt: now,
    recordedAt: now,
    decider: 'docket@1',
    schemaVersion: 1,
  };
  const touch = {
    touchId: randomUUID(),
    kind: 'call',
    direction: 'two-way',
    happenedAt: now,
    counterpart,
    evidence: [],
  };
  const data = { opportunityId: randomUUID(), touch, progress: false };
  const event = { id: deriveId(commandId, 'touch'), type: 'direct-touch-recorded', data, metadata };
  await eventStore.append(`${DOCKET}-${randomUUID()}`, 'none', [event]);
  return counterpart;
};
