import type { CommandMeta, Outcome } from '@tempore/event-store';
import { deriveId } from '@tempore/kernel';
import { nextErasureStep, person, PERSON, type PersonEvent, type PersonState } from '@tempore/people';
import type { Vault } from '@tempore/personal-data';

import type { Log } from '../act-log';

/** The name under which the vault keeps a person's key. */
export const ownerOfPerson = (personId: string): string => `${PERSON}/${personId}`;

type Meta = Pick<CommandMeta, 'actor' | 'now' | 'correlationId' | 'causationId'>;

/**
 * Ends an erasure that has begun: destroys the key and then says so. Whoever asks again, or finds it unfinished, may do
 * this again: a destroyed key is destroyed again, and the fact recorded once. Undefined where there is nothing to end.
 */
export const pursueErasure = async (
  { runner, vault }: { readonly runner: Log; readonly vault: Vault },
  personId: string,
  meta: Meta,
): Promise<Outcome<PersonEvent, PersonState> | undefined> => {
  const { state } = await runner.read(person, personId);
  if (nextErasureStep(state, meta.now) !== 'destroy-key') return undefined;
  await vault.destroy(ownerOfPerson(personId), meta.now);
  const commandId = deriveId('record-erasure', personId);
  const { actor, now, correlationId, causationId } = meta;
  return runner.run(
    person,
    personId,
    { type: 'RecordErasure', data: {} },
    { actor, now, correlationId, commandId, requestHash: commandId, ...(causationId && { causationId }) },
    { known: true },
  );
};
