import type { Addressee } from '@tempore/notices';
import { partner } from '@tempore/partners';
import { findPerson } from '@tempore/read-models';
import type { MailSettings } from '@tempore/settings';

import { openPerson } from '../../../composition/src/open-person';
import type { Stores } from '../../../composition/src/stores';

export interface Recipient {
  /** As events name who it is: `person/<id>`, `role/<role>`. */
  readonly recipient: string;
  readonly address: string;
}

type Sources = Pick<Stores, 'runner' | 'database' | 'vault'>;

/** Where a notice is mailed to: nowhere, where nobody has an address that may be known. */
export const recipientsOf = async (
  sources: Sources,
  { channelManager }: MailSettings,
  { kind, id }: Addressee,
): Promise<readonly Recipient[]> => {
  switch (kind) {
    case 'partner':
      return peopleOf(sources, id);
    case 'role':
      return id === 'channel-manager' && channelManager !== undefined
        ? [{ recipient: `role/${id}`, address: channelManager }]
        : [];
    case 'principal':
      // Who a principal is, the issuer of tokens knows, and nobody here.
      return [];
  }
};

const peopleOf = async (sources: Sources, partnerId: string): Promise<readonly Recipient[]> => {
  const { state } = await sources.runner.read(partner, partnerId);
  if (state.status === 'none') return [];
  const working = [...state.people.people].filter(([, { until }]) => until === null);
  const found = await Promise.all(
    working.map(async ([personId]) => ({ recipient: `person/${personId}`, address: await emailOf(sources, personId) })),
  );
  return found.flatMap(({ recipient, address }) => (address === undefined ? [] : [{ recipient, address }]));
};

const emailOf = async ({ database, vault }: Sources, personId: string): Promise<string | undefined> => {
  const person = await findPerson(database, personId);
  if (!person?.fields) return undefined;
  const plain = await openPerson(vault, { personId, fields: person.fields });
  return plain === 'erased' ? undefined : plain.email;
};
