import type { Role } from '@tempore/principals';

import { Caller } from '../harness/caller';
import { enrol } from '../harness/registrations';
import type { Installation } from './installation';

export interface ActingPartner {
  readonly token: string;
  readonly caller: Caller;
}

/** Somebody who acts for a silver partner of the programme. */
export const actingPartner = async (url: string, { tokenFor }: Installation): Promise<ActingPartner> => {
  const as = async (role: Role, partnerId?: string): Promise<Caller> =>
    new Caller(url, await tokenFor(role, partnerId));
  const { id } = await enrol({ as }, { tier: 'silver' });
  const token = await tokenFor('partner-user', id);
  return { token, caller: new Caller(url, token) };
};
