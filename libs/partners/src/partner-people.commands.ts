import type { SealedPerson } from '@messages/people';
import type { Command } from '@tempore/kernel';

import type { Certificate } from './partner-people.events';

/** `person` is how somebody is called and reached; null where that is not said. */
export type AddPartnerPerson = Command<
  'AddPartnerPerson',
  { readonly personId: string; readonly person: SealedPerson | null }
>;

export type RemovePartnerPerson = Command<'RemovePartnerPerson', { readonly personId: string }>;

/** Asks somebody once more whether their address is theirs. */
export type InvitePartnerPerson = Command<'InvitePartnerPerson', { readonly personId: string }>;

/** `commitment` is that of the address that the link was mailed to. */
export type ConfirmPartnerPersonAddress = Command<
  'ConfirmPartnerPersonAddress',
  { readonly personId: string; readonly commitment: string }
>;

export type RecordCertificate = Command<'RecordCertificate', Certificate>;

export type RevokeCertificate = Command<
  'RevokeCertificate',
  { readonly certificateId: string; readonly reason: string }
>;

export type PartnerPeopleCommand =
  | AddPartnerPerson
  | RemovePartnerPerson
  | InvitePartnerPerson
  | ConfirmPartnerPersonAddress
  | RecordCertificate
  | RevokeCertificate;
