import { isDeepStrictEqual } from 'node:util';

import { addDays, type DecisionContext, lineOf, reasonOf, Refusal, unreachable } from '@tempore/kernel';

import type {
  AddPartnerPerson,
  ConfirmPartnerPersonAddress,
  InvitePartnerPerson,
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

/** So many people a partner records: each of them is mailed. */
export const MOST_PEOPLE = 50;

/** So long after it an address is not asked again, and somebody who left without an answer still counts. */
const DAYS_BETWEEN_QUESTIONS = 1;
const DAYS_UNANSWERED_COUNTS = 7;

export const addPerson = ({ data }: AddPartnerPerson, state: PartnerState, { now }: DecisionContext): Decision => {
  const { people } = expectOngoing(state);
  if (worksHere(people, data.personId)) return [];
  const counted = [...people.people.values()].filter(
    ({ until, address, confirmed, from }) =>
      until === null || (address !== null && !confirmed && now < addDays(from, DAYS_UNANSWERED_COUNTS)),
  );
  if (counted.length >= MOST_PEOPLE)
    throw new Refusal('PARTNER_PEOPLE_FULL', 'conflict', `The partner has ${MOST_PEOPLE} people on record.`, {
      remedy:
        'Record who has left first. Whoever left without confirming their address counts for seven days from when they were added.',
      facts: { most: MOST_PEOPLE },
    });
  return [{ type: 'partner-person-joined', data }];
};

export const invitePerson = (
  { data: { personId } }: InvitePartnerPerson,
  state: PartnerState,
  { now }: DecisionContext,
): Decision => {
  const { people } = expectOngoing(state);
  const employment = people.people.get(personId);
  if (employment?.until !== null) throw noPerson();
  if (employment.address === null)
    throw new Refusal('PERSON_WITHOUT_ADDRESS', 'conflict', 'No address of this person is known.', {
      remedy: 'Record that they left, and add them with their email.',
    });
  if (employment.confirmed) return [];
  const againAt = addDays(employment.askedAt, DAYS_BETWEEN_QUESTIONS);
  if (now < againAt)
    throw new Refusal('INVITED_BEFORE', 'conflict', `They were asked at ${employment.askedAt}.`, {
      remedy: `Have them look for the mail, or invite them again from ${againAt}.`,
      facts: { againAt },
    });
  return [{ type: 'partner-person-invited', data: { personId } }];
};

/** Quiet where the same address was confirmed before. */
export const confirmAddress = (
  { data: { personId, commitment } }: ConfirmPartnerPersonAddress,
  state: PartnerState,
): Decision => {
  const employment = expectOngoing(state).people.people.get(personId);
  if (employment?.until !== null || employment.address?.commitment !== commitment) throw noPerson();
  return employment.confirmed ? [] : [{ type: 'partner-person-address-confirmed', data: { personId, commitment } }];
};

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
      return addPerson(command, state, context);
    case 'RemovePartnerPerson':
      return removePerson(command, state);
    case 'InvitePartnerPerson':
      return invitePerson(command, state, context);
    case 'ConfirmPartnerPersonAddress':
      return confirmAddress(command, state);
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
