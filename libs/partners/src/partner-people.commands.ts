import type { Command } from '@tempore/kernel';

import type { Certificate } from './partner-people.events';

export type AddPartnerPerson = Command<'AddPartnerPerson', { readonly personId: string }>;

export type RemovePartnerPerson = Command<'RemovePartnerPerson', { readonly personId: string }>;

export type RecordCertificate = Command<'RecordCertificate', Certificate>;

export type RevokeCertificate = Command<
  'RevokeCertificate',
  { readonly certificateId: string; readonly reason: string }
>;

export type PartnerPeopleCommand = AddPartnerPerson | RemovePartnerPerson | RecordCertificate | RevokeCertificate;
