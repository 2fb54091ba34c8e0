import { addDays, deriveId, type Instant } from '@tempore/kernel';
import { activePartner, endedPartner, fold, given, type Happened, lineCalled, NOW, recordedAt } from '@tempore/testing';

import { initialPeople } from './partner-people.state';
import { type Certificate, certifiedPeople, mailablePeople, partner, type PartnerCommand, type PartnerEvent } from '.';

const anna = deriveId('person', 'anna');
const ben = deriveId('person', 'ben');
const day = (days: number): Instant => addDays(NOW, days);

const certificate = (content: Partial<Certificate> = {}): Certificate => ({
  certificateId: deriveId('certificate', '1'),
  personId: anna,
  productLine: 'Gateway',
  validFrom: NOW,
  validUntil: day(365),
  ...content,
});
const add = (personId = anna): PartnerCommand => ({
  type: 'AddPartnerPerson',
  data: { personId, person: null },
});
const remove = (personId = anna): PartnerCommand => ({ type: 'RemovePartnerPerson', data: { personId } });
const record = (content?: Partial<Certificate>): PartnerCommand => ({
  type: 'RecordCertificate',
  data: certificate(content),
});
const revoke: PartnerCommand = {
  type: 'RevokeCertificate',
  data: { certificateId: certificate().certificateId, reason: 'Issued in error' },
};

const joined = (personId = anna): PartnerEvent => ({
  type: 'partner-person-joined',
  data: { personId, person: null },
});
const left = (personId = anna): PartnerEvent => ({ type: 'partner-person-left', data: { personId } });
const certified = (content?: Partial<Certificate>): PartnerEvent => ({
  type: 'certificate-recorded',
  data: certificate(content),
});
const revoked: PartnerEvent = {
  type: 'certificate-revoked',
  data: { certificateId: certificate().certificateId, reason: 'Issued in error' },
};

describe('people', () => {
  it('given a partner, when somebody joins, then that is recorded, and once', () => {
    given(partner, activePartner()).when(add()).then([joined()]);
    given(partner, [...activePartner(), joined()])
      .when(add())
      .thenNothing();
  });

  it('given somebody, when they leave, then that is recorded, and once', () => {
    given(partner, [...activePartner(), joined()])
      .when(remove())
      .then([left()]);
    given(partner, [...activePartner(), joined(), left()])
      .when(remove())
      .thenNothing();
  });

  it('given somebody who left, when they come back, then that is recorded', () =>
    given(partner, [...activePartner(), joined(), left()])
      .when(add())
      .then([joined()]));

  it('given a partner, when somebody leaves who never joined, then there is nobody', () =>
    given(partner, activePartner()).when(remove()).thenRefused('PERSON_NOT_FOUND'));
});

describe('certificates', () => {
  const withAnna = [...activePartner(), joined()];

  it('given somebody, when their certificate is recorded, then it is kept, and once', () => {
    given(partner, withAnna)
      .when(record({ productLine: ' Gateway ' }))
      .then([certified()]);
    given(partner, [...withAnna, certified()])
      .when(record())
      .thenNothing();
  });

  it.each([
    ['somebody else', [], { personId: ben }, 'PERSON_NOT_FOUND'],
    ['somebody who left', [left()], {}, 'PERSON_NOT_FOUND'],
    ['no line', [], { productLine: ' ' }, 'LINE_MISSING'],
    ['a line that nobody sees', [], { productLine: '\u200b' }, 'LINE_MISSING'],
    ['no time', [], { validUntil: NOW }, 'CERTIFICATE_PERIOD_EMPTY'],
    ['a time that is past', [], { validFrom: day(-2), validUntil: day(-1) }, 'CERTIFICATE_LAPSED'],
    ['other content than before', [certified()], { productLine: 'Analytics' }, 'CERTIFICATE_EXISTS'],
  ] satisfies [string, PartnerEvent[], Partial<Certificate>, string][])(
    'given somebody, when a certificate for %s is recorded, then it is refused',
    (_case, history, content, code) =>
      given(partner, [...withAnna, ...history])
        .when(record(content))
        .thenRefused(code),
  );

  it('given a certificate, when it is revoked, then the reason is kept, and once', () => {
    given(partner, [...withAnna, certified()])
      .when(revoke)
      .then([revoked]);
    given(partner, [...withAnna, certified(), revoked])
      .when(revoke)
      .thenNothing();
    given(partner, withAnna).when(revoke).thenRefused('CERTIFICATE_NOT_FOUND');
  });

  it.each([add(), remove(), record(), revoke])(
    'given no partner, or an ended one, when $type comes, then it is refused',
    (c) => {
      given(partner).when(c).thenRefused('PARTNER_NOT_FOUND');
      given(partner, endedPartner()).when(c).thenRefused('PARTNER_ENDED');
    },
  );
});

describe('how many are certified', () => {
  const count = (history: readonly Happened<PartnerEvent>[], at: Instant, isOfLine = lineCalled()) => {
    const state = fold(partner, [...activePartner(), joined(), joined(ben), ...history]);
    if (state.status === 'none') throw new Error('the partner is known');
    return certifiedPeople(state.people, isOfLine, at);
  };

  it('given a certificate, it counts until the instant at which it lapses', () => {
    expect(count([certified()], NOW)).toBe(1);
    expect(count([certified()], addDays(day(365), -1))).toBe(1);
    expect(count([certified()], day(365))).toBe(0);
  });

  it('given one that is valid from later on, or was recorded later, it counts from the later of the two', () => {
    expect(count([certified({ validFrom: day(1) })], NOW)).toBe(0);
    expect(count([certified({ validFrom: day(1) })], day(1))).toBe(1);
    const late = recordedAt(day(2))(certified());
    expect([day(1), day(2)].map((at) => count([late], at))).toEqual([0, 1]);
  });

  it('given a revocation, it stops counting at that instant, and what counted before did', () => {
    const history = [certified(), recordedAt(day(5))(revoked)];
    expect([day(4), day(5)].map((at) => count(history, at))).toEqual([1, 0]);
  });

  it('given a revocation after it had lapsed, nothing counts again', () => {
    const history = [certified({ validUntil: day(5) }), recordedAt(day(10))(revoked)];
    expect([day(4), day(5), day(9)].map((at) => count(history, at))).toEqual([1, 0, 0]);
  });

  it('given that its owner left, it counts no more; given that they came back, it does', () => {
    const history = [certified(), recordedAt(day(1))(left()), recordedAt(day(3))(joined())];
    expect(count(history.slice(0, 2), day(2))).toBe(0);
    expect(count(history, day(3))).toBe(1);
  });

  it('given several certificates of one person, the person counts once; given two people, both do', () => {
    const second = certified({ certificateId: deriveId('certificate', '2') });
    expect(count([certified(), second], NOW)).toBe(1);
    expect(count([certified(), certified({ certificateId: deriveId('certificate', '3'), personId: ben })], NOW)).toBe(
      2,
    );
  });

  it('given certificates for several lines, each counts for its own, under whatever name of it', () => {
    const other = certified({
      certificateId: deriveId('certificate', '4'),
      personId: ben,
      productLine: 'Analytics',
    });
    expect([count([certified(), other], NOW), count([certified(), other], NOW, () => true)]).toEqual([1, 2]);
  });
});

describe('addresses', () => {
  const sealed = (of: string) => ({ ciphertext: 'c2VhbGVk', commitment: of.repeat(64) });
  const reached = (personId = anna, of = 'a'): PartnerEvent => ({
    type: 'partner-person-joined',
    data: {
      personId,
      person: { personId, partnerId: deriveId('partner', 'northwind'), fields: { email: sealed(of) } },
    },
  });
  const confirm = (of = 'a'): PartnerCommand => ({
    type: 'ConfirmPartnerPersonAddress',
    data: { personId: anna, commitment: of.repeat(64) },
  });
  const confirmed: PartnerEvent = {
    type: 'partner-person-address-confirmed',
    data: { personId: anna, commitment: 'a'.repeat(64) },
  };
  const invite: PartnerCommand = { type: 'InvitePartnerPerson', data: { personId: anna } };
  const invited: PartnerEvent = { type: 'partner-person-invited', data: { personId: anna } };
  const peopleAfter = (...since: readonly PartnerEvent[]) => {
    const state = fold(partner, [...activePartner(), ...since]);
    return state.status === 'none' ? initialPeople : state.people;
  };
  const mailed = (...since: readonly PartnerEvent[]) =>
    mailablePeople(peopleAfter(...since)).map(({ personId }) => personId);

  it('given somebody with an address, then notices are mailed there once they have confirmed it, and until they leave', () => {
    expect(mailed(reached())).toEqual([]);
    expect(mailed(reached(), confirmed)).toEqual([anna]);
    expect(mailed(reached(), confirmed, left())).toEqual([]);
    // Who comes back is asked anew: the address may have gone to somebody else.
    expect(mailed(reached(), confirmed, left(), reached())).toEqual([]);
  });

  it('given somebody who is named by an id alone, as a rival’s person may be, then nothing is mailed to them', () => {
    expect(mailed(joined(), confirmed)).toEqual([]);
    given(partner, [...activePartner(), joined()])
      .when(confirm())
      .thenRefused('PERSON_NOT_FOUND');
  });

  it('given an address, when it is confirmed, then that is recorded, and once', () => {
    given(partner, [...activePartner(), reached()])
      .when(confirm())
      .then([confirmed]);
    given(partner, [...activePartner(), reached(), confirmed])
      .when(confirm())
      .thenNothing();
  });

  it.each([
    ['another address', [reached()], confirm('b')],
    ['somebody who has left', [reached(), left()], confirm()],
    ['somebody who was never added', [], confirm()],
  ] as const)('given a link of %s, then it confirms nothing', (_, since, command) =>
    given(partner, [...activePartner(), ...since])
      .when(command)
      .thenRefused('PERSON_NOT_FOUND'),
  );

  it('given somebody who has not answered for a day, when they are invited again, then that is recorded, and not sooner', () => {
    given(partner, [...activePartner(), reached()])
      .when(invite, { now: day(0.9) })
      .thenRefused('INVITED_BEFORE');
    given(partner, [...activePartner(), reached()])
      .when(invite, { now: day(1) })
      .then([invited]);
    given(partner, [...activePartner(), reached(), recordedAt(day(1))(invited)])
      .when(invite, { now: day(1.9) })
      .thenRefused('INVITED_BEFORE');
  });

  it('given somebody who has confirmed, or whose address is not known, when they are invited, then nobody is mailed', () => {
    given(partner, [...activePartner(), reached(), confirmed])
      .when(invite, { now: day(1) })
      .thenNothing();
    given(partner, [...activePartner(), joined()])
      .when(invite, { now: day(1) })
      .thenRefused('PERSON_WITHOUT_ADDRESS');
    given(partner, [...activePartner(), reached(), left()])
      .when(invite, { now: day(1) })
      .thenRefused('PERSON_NOT_FOUND');
  });

  describe('how many', () => {
    const crowd = (many: number, of = joined): PartnerEvent[] =>
      Array.from({ length: many }, (_, index) => of(deriveId('person', index.toString())));

    it('given fifty people, when one more joins, then it is refused, until somebody has left', () => {
      given(partner, [...activePartner(), ...crowd(49)])
        .when(add())
        .then([joined()]);
      given(partner, [...activePartner(), ...crowd(50)])
        .when(add())
        .thenRefused('PARTNER_PEOPLE_FULL');
      given(partner, [...activePartner(), ...crowd(50), left(deriveId('person', '7'))])
        .when(add())
        .then([joined()]);
    });

    it('given fifty addresses that were named and taken off unanswered, when one more joins within a week, then it is refused: nobody mails the world', () => {
      const gone = [...crowd(50, (personId) => reached(personId)), ...crowd(50, (personId) => left(personId))];
      given(partner, [...activePartner(), ...gone])
        .when(add(), { now: day(6.9) })
        .thenRefused('PARTNER_PEOPLE_FULL');
      given(partner, [...activePartner(), ...gone])
        .when(add(), { now: day(7) })
        .then([joined()]);
    });
  });
});
