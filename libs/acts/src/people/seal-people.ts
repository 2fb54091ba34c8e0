import { personFields, type SealedPerson } from '@tempore/people';
import { seal } from '@tempore/personal-data';

import type { Act } from '../act';
import type { Means } from '../means';
import { ownerOfPerson } from './erasure';
import type { PlainPerson } from './open-person';

/** A person that an act enters; `kind` tells the persons of one act apart. */
export interface EnteredPerson {
  readonly kind: string;
  readonly plain: PlainPerson;
}

/**
 * Seals persons that an act enters, each under a new id. A repeat of the act seals to the same bytes. The keys are kept
 * before this resolves. Throws a `Refusal` where the vault does not answer, or where one of them was erased since.
 */
export const sealPeople = async (
  { vault }: Pick<Means, 'vault'>,
  act: Act,
  partnerId: string | null,
  people: readonly EnteredPerson[],
): Promise<readonly SealedPerson[]> => {
  const owned = people.map(({ kind, plain }) => {
    const personId = act.newId(kind);
    return { personId, owner: ownerOfPerson(personId), plain };
  });
  const keyOf = await vault.keysFor(
    owned.map(({ owner }) => owner),
    act.meta.now,
  );
  return owned.map(({ personId, owner, plain }) => {
    const sealed = personFields.flatMap((path) => {
      const value = plain[path];
      return value === undefined
        ? []
        : [[path, seal(keyOf(owner), { owner, path }, value, act.meta.commandId)] as const];
    });
    return { personId, partnerId, fields: Object.fromEntries(sealed) };
  });
};
