import { isDeepStrictEqual } from 'node:util';

import { type DecisionContext, lineOf, reasonOf, Refusal, unreachable } from '@tempore/kernel';

import type {
  AddPartnerPerson,
  PartnerPeopleCommand,
  RecordCertificate,
  RemovePartnerPerson,
  RevokeCertificate,
} from './partner-people.commands';
import type { PartnerPeopleEvent } from './partner-people.events';
import { worksHere } from './partner-people.state';
import { expectOngoing } from './partner.refusals';
import type { PartnerState } from './partner.state';

type Decision = readonly PartnerPeopleEvent[];

export const addPerson = ({ data }: AddPartnerPerson, state: PartnerState): Decision =>
  worksHere(expectOngoing(state).people, data.personId) ? [] : [{ type: 'partner-person-joined', data }];

export const removePerson = ({ data: { personId } }: RemovePartnerPerson, state: PartnerState): Decision => {
  const { people } = expectOngoing(state);
  if (!people.people.has(personId)) throw noPerson();
  return worksHere(people, personId) ? [{ type: 'partner-person-left', data: { personId } }] : [];
};

export const recordCertificate = (
  { data }: RecordCertificate,
  state: PartnerState,
  { now }: DecisionContext,
): Decision => {
  const { people } = expectOngoing(state);
  const certificate = { ...data, productLine: lineOf(data.productLine) };
  const known = people.certificates.get(data.certificateId);
  if (known && isDeepStrictEqual(known.certificate, certificate)) return [];
  if (known)
    throw new Refusal('CERTIFICATE_EXISTS', 'conflict', 'This certificate was recorded before, with other content.', {
      remedy: 'Revoke it, and record the right one under an id of its own.',
    });
  if (!worksHere(people, data.personId)) throw noPerson();
  const { validFrom, validUntil } = certificate;
  if (validUntil <= validFrom)
    throw new Refusal('CERTIFICATE_PERIOD_EMPTY', 'invalid', `validUntil ${validUntil} is not after ${validFrom}.`, {
      remedy: 'Give the instant at which the certificate lapses.',
    });
  if (validUntil <= now)
    throw new Refusal('CERTIFICATE_LAPSED', 'conflict', `The certificate lapsed at ${validUntil}: it never counts.`, {
      remedy: 'Record the one that renewed it.',
    });
  return [{ type: 'certificate-recorded', data: certificate }];
};

export const revokeCertificate = ({ data }: RevokeCertificate, state: PartnerState): Decision => {
  const known = expectOngoing(state).people.certificates.get(data.certificateId);
  const reason = reasonOf(data.reason);
  if (!known) throw new Refusal('CERTIFICATE_NOT_FOUND', 'not-found', 'The partner has no such certificate.');
  return known.revoked ? [] : [{ type: 'certificate-revoked', data: { certificateId: data.certificateId, reason } }];
};

export const decidePeople = (
  command: PartnerPeopleCommand,
  state: PartnerState,
  context: DecisionContext,
): Decision => {
  switch (command.type) {
    case 'AddPartnerPerson':
      return addPerson(command, state);
    case 'RemovePartnerPerson':
      return removePerson(command, state);
    case 'RecordCertificate':
      return recordCertificate(command, state, context);
    case 'RevokeCertificate':
      return revokeCertificate(command, state);
    default:
      return unreachable(command);
  }
};

const noPerson = (): Refusal =>
  new Refusal('PERSON_NOT_FOUND', 'not-found', 'Nobody of this id works for the partner.', {
    remedy: 'Add the person to the partner first.',
  });
