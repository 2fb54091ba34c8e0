import { randomUUID } from 'node:crypto';

import { partner } from '@tempore/partners';

import type { System } from './system';

/** Lets one of a partner's people have said that their address is theirs. */
export const confirmAddress = async ({ stores, clock }: System, partnerId: string, personId: string): Promise<void> => {
  const { state } = await stores.runner.read(partner, partnerId);
  const address = state.status === 'none' ? undefined : state.people.people.get(personId)?.address;
  const data = { personId, commitment: address?.commitment ?? '' };
  const commandId = randomUUID();
  const meta = { commandId, requestHash: '', actor: personId, now: clock.now(), correlationId: commandId };
  await stores.runner.run(partner, partnerId, { type: 'ConfirmPartnerPersonAddress', data }, meta, {});
};
