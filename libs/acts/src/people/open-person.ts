import { type PersonField, personFields, type SealedPerson } from '@tempore/people';
import { open, type Vault } from '@tempore/personal-data';

import { ownerOfPerson } from './erasure';

export type PlainPerson = Readonly<Partial<Record<PersonField, string>>>;

/** A person's readable values; `erased` where the key is destroyed. */
export const openPerson = async (
  vault: Vault,
  { personId, fields }: Pick<SealedPerson, 'personId' | 'fields'>,
): Promise<PlainPerson | 'erased'> => {
  const owner = ownerOfPerson(personId);
  const key = await vault.keyOf(owner);
  if (key === 'destroyed') return 'erased';
  const opened = personFields.flatMap((path) => {
    const sealed = fields[path];
    return sealed === undefined ? [] : [[path, open(key, { owner, path }, sealed)] as const];
  });
  return Object.fromEntries(opened);
};
