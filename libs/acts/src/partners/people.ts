import type { Outcome } from '@tempore/event-store';
import { InvalidFields } from '@tempore/kernel';
import { partner, type PartnerEvent, type PartnerState } from '@tempore/partners';
import { PERSON } from '@tempore/people';

import { type Doing, recognisedBy } from '../act';
import { sealPeople } from '../people/seal-people';
import { tell } from '../tell';

interface SaidMember {
  readonly partnerId: string;
  /** Somebody whom the issuer of tokens knows; left out where name or e-mail say who it is. */
  readonly personId?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

interface MemberDone {
  readonly personId: string;
  readonly outcome: Outcome<PartnerEvent, PartnerState>;
}

/** Records that somebody works for a partner. Throws `InvalidFields` where it is said twice who it is. */
export const addPartnerPerson: Doing<SaidMember, MemberDone> = async (
  means,
  act,
  { partnerId, personId = act.newId(PERSON), name, email },
) => {
  const plain = { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
  const isNamed = Object.keys(plain).length > 0;
  if (isNamed && personId !== act.newId(PERSON))
    throw new InvalidFields([{ field: 'personId', message: 'must be left out where name or email say who it is' }]);
  const [person = null] = isNamed ? await sealPeople(means, act, partnerId, [{ kind: PERSON, plain }]) : [];
  const data = { personId, person };
  const adding = isNamed ? recognisedBy(means, act, data) : act;
  return { personId, outcome: await tell(adding, partner, partnerId, { type: 'AddPartnerPerson', data }, {}) };
};
