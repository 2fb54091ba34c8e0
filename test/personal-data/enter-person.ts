import { randomUUID } from 'node:crypto';

import { type Act, ActLog, newIdOf, type PlainPerson, principalOf, sealPeople } from '@tempore/acts';
import { DOCKET } from '@tempore/dockets';
import { deriveId, type EventMetadata, toInstant } from '@tempore/kernel';
import type { SealedPerson } from '@tempore/people';

import type { Stores } from '../../apps/composition/src/stores';

/** Puts a person into the log as whoever records a touch does: sealed, as the counterpart of a call. */
export const enterPerson = async (
  { vault, eventStore, runner }: Pick<Stores, 'vault' | 'eventStore' | 'runner'>,
  partnerId: string | null,
  plain: PlainPerson,
): Promise<SealedPerson> => {
  const commandId = randomUUID();
  const actor = randomUUID();
  const now = toInstant(new Date());
  const act: Act = {
    principal: principalOf(actor, [partnerId === null ? 'channel-manager' : 'partner-user'], partnerId),
    meta: { commandId, actor, now, correlationId: commandId },
    requestHash: () => '',
    newId: newIdOf(commandId),
    log: new ActLog(runner),
  };
  const [counterpart] = await sealPeople({ vault }, act, partnerId, [{ kind: 'counterpart', plain }]);
  if (!counterpart) throw new Error('Nobody was sealed');
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
