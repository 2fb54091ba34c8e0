import type { SealedPerson } from '@messages/people';
import type { Command } from '@tempore/kernel';

import type { Certificate } from './partner-people.events';

/** `person` is how somebody is called and reached; null where that is not said. */
export type AddPartnerPerson = Command<
  'AddPartnerPerson',
  { readonly personId: string; readonly person: SealedPerson | null }
>;

export type RemovePartnerPerson = Command<'RemovePartnerPerson', { readonly personId: string }>;

export type RecordCertificate = Command<'RecordCertificate', Certificate>;

export type RevokeCertificate = Command<
  'RevokeCertificate',
  { readonly certificateId: string; readonly reason: string }
>;

export type PartnerPeopleCommand = AddPartnerPerson | RemovePartnerPerson | RecordCertificate | RevokeCertificate;
