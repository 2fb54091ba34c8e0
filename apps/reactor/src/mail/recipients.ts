import { openPerson } from '@tempore/acts';
import type { Notice } from '@tempore/notices';
import { mailablePeople, partner, unconfirmedAddress } from '@tempore/partners';
import type { Sealed } from '@tempore/people';
import type { MailSettings } from '@tempore/settings';

import type { Stores } from '../../../composition/src/stores';

export interface Recipient {
  /** As events name who it is: `person/<id>`, `role/<role>`. */
  readonly recipient: string;
  readonly address: string;
}

type Sources = Pick<Stores, 'runner' | 'vault'>;

/** Where a notice is mailed to: nowhere, where nobody has an address that may be known. */
export const recipientsOf = async (
  sources: Sources,
  { channelManager }: MailSettings,
  { addressee: { kind, id }, parameters }: Notice,
): Promise<readonly Recipient[]> => {
  switch (kind) {
    case 'partner':
      return peopleOf(sources, id);
    case 'person':
      return personOf(sources, parameters['partnerId'] ?? '', id);
    case 'role':
      return id === 'channel-manager' && channelManager !== undefined
        ? [{ recipient: `role/${id}`, address: channelManager }]
        : [];
    case 'principal':
      // Who a principal is, the issuer of tokens knows, and nobody here.
      return [];
  }
};

/** Only those who have said that the address is theirs: whoever names a rival's person sends them nothing. */
const peopleOf = async (sources: Sources, partnerId: string): Promise<readonly Recipient[]> => {
  const { state } = await sources.runner.read(partner, partnerId);
  if (state.status === 'none') return [];
  const found = await Promise.all(
    mailablePeople(state.people).map(({ personId, address }) => recipientOf(sources, personId, address)),
  );
  return found.flat();
};

/** Somebody who is asked whether an address is theirs. */
const personOf = async (sources: Sources, partnerId: string, personId: string): Promise<readonly Recipient[]> => {
  const { state } = await sources.runner.read(partner, partnerId);
  const address = state.status === 'none' ? undefined : unconfirmedAddress(state.people, personId);
  return address ? recipientOf(sources, personId, address) : [];
};

const recipientOf = async ({ vault }: Sources, personId: string, address: Sealed): Promise<readonly Recipient[]> => {
  const plain = await openPerson(vault, { personId, fields: { email: address } });
  return plain === 'erased' || plain.email === undefined
    ? []
    : [{ recipient: `person/${personId}`, address: plain.email }];
};
