import { deriveId, parseInstant } from '@tempore/kernel';
import {
  aHold,
  erasedPerson,
  fold,
  given,
  heldPerson,
  NOW,
  personBeingErased,
  personWaitingForErasure,
} from '@tempore/testing';

import { type LegalHold, isForgotten, nextErasureStep, person, type PersonCommand, personsIn } from '.';

const context = { known: true };
const request: PersonCommand = { type: 'RequestErasure', data: { reason: ' The person asked by mail ' } };
const record: PersonCommand = { type: 'RecordErasure', data: {} };
const place = (hold?: Partial<LegalHold>): PersonCommand => ({ type: 'PlaceLegalHold', data: aHold(hold) });
const lift = (holdId = aHold().holdId): PersonCommand => ({
  type: 'LiftLegalHold',
  data: { holdId, reason: 'Dispute 17 is settled' },
});
const lifted = {
  type: 'legal-hold-lifted',
  data: { holdId: aHold().holdId, reason: 'Dispute 17 is settled' },
} as const;
const requested = { type: 'erasure-requested', data: { reason: 'The person asked by mail' } } as const;
const begun = { type: 'erasure-begun', data: {} } as const;

const EARLIER = parseInstant('2026-03-01T09:00:00.000Z');
const LATER = parseInstant('2026-06-01T09:00:00.000Z');
const other = deriveId('hold', 'tax audit');

describe('asking to be forgotten', () => {
  it('given a person without a hold, when erasure is asked for, then it begins at once', () =>
    given(person).when(request, context).then([requested, begun]));

  it('given a hold, when erasure is asked for, then it is on record and waits', () =>
    given(person, heldPerson()).when(request, context).then([requested]));

  it('given a hold that has run out, when erasure is asked for, then it begins at once', () =>
    given(person, heldPerson({ until: NOW }))
      .when(request, context)
      .then([requested, begun]));

  it.each([
    ['waits', personWaitingForErasure()],
    ['has begun', personBeingErased()],
    ['is done', erasedPerson()],
  ])('given an erasure that %s, when it is asked for again, then nothing happens', (_, history) =>
    given(person, history).when(request, context).thenNothing(),
  );

  it('given nobody of whom anything is kept, when erasure is asked for, then there is no such person', () =>
    given(person).when(request, { known: false }).thenRefused('PERSON_NOT_FOUND'));

  it('given no reason, then it is refused', () =>
    given(person)
      .when({ type: 'RequestErasure', data: { reason: ' ' } }, context)
      .thenRefused('PERSON_TEXT_MISSING'));
});

describe('legal holds', () => {
  it('given a person, when a hold is placed, then its reason and its end are on record', () =>
    given(person)
      .when(place({ until: LATER }), context)
      .then(heldPerson({ until: LATER })));

  it('given a hold, when the same is placed again, then nothing happens', () =>
    given(person, heldPerson()).when(place(), context).thenNothing());

  it('given a hold, when it is placed again with another reason, then it is refused', () =>
    given(person, heldPerson())
      .when(place({ reason: 'Another' }), context)
      .thenRefused('LEGAL_HOLD_EXISTS'));

  it('given an end in the past, then it is refused', () =>
    given(person)
      .when(place({ until: EARLIER }), context)
      .thenRefused('LEGAL_HOLD_PAST'));

  it('given an erasure that waits, when a second hold is placed, then it waits for that too', () => {
    const history = personWaitingForErasure();
    given(person, history)
      .when(place({ holdId: other }), context)
      .then(heldPerson({ holdId: other }));
    given(person, [...history, ...heldPerson({ holdId: other })])
      .when(lift(), context)
      .then([lifted]);
  });

  it('given an erasure that waits, when its last hold is lifted, then it begins', () =>
    given(person, personWaitingForErasure()).when(lift(), context).then([lifted, begun]));

  it('given a hold and no request, when it is lifted, then that is all', () =>
    given(person, heldPerson()).when(lift(), context).then([lifted]));

  it('given a hold that was lifted, when it is lifted again, then nothing happens', () =>
    given(person, [...heldPerson(), lifted])
      .when(lift(), context)
      .thenNothing());

  it('given no such hold, when it is lifted, then it is refused', () =>
    given(person).when(lift(), context).thenRefused('LEGAL_HOLD_NOT_FOUND'));

  it.each([
    ['has begun', personBeingErased()],
    ['is done', erasedPerson()],
  ])('given an erasure that %s, when a hold is placed, then it comes too late and is told so', (_, history) =>
    given(person, history).when(place(), context).thenRefused('PERSON_ERASED'),
  );
});

describe('recording an erasure', () => {
  it('given an erasure that has begun, when the key is destroyed, then the person is erased', () =>
    given(person, personBeingErased())
      .when(record, context)
      .then([{ type: 'personal-data-erased', data: {} }]));

  it('given an erased person, when it is recorded again, then nothing happens', () =>
    given(person, erasedPerson()).when(record, context).thenNothing());

  it.each([
    ['nothing', []],
    ['an erasure that waits', personWaitingForErasure()],
  ])('given %s, then it is refused', (_, history) =>
    given(person, history).when(record, context).thenRefused('ERASURE_NOT_BEGUN'),
  );
});

describe('what falls due', () => {
  const waits = personWaitingForErasure({ until: NOW }).map((event) => ({
    ...event,
    recorded: { recordedAt: EARLIER },
  }));

  it('given an erasure that waits for a hold, when the hold runs out, then the erasure began at that instant', () =>
    given(person, waits)
      .when(request, { ...context, now: LATER })
      .afterSettling([{ ...begun, occurredAt: NOW, cause: 'erasure-begun' }])
      .thenNothing());

  it('given an erasure that waits for a hold that ran out, when another hold is placed, then it comes too late', () =>
    given(person, waits)
      .when(place({ holdId: other }), { ...context, now: LATER })
      .thenRefused('PERSON_ERASED'));

  it('given an erasure that waits for a hold without an end, then nothing is due', () =>
    given(person, personWaitingForErasure())
      .when(request, { ...context, now: LATER })
      .afterSettling([])
      .thenNothing());

  it.each([
    ['nothing is asked for', [], 'nothing', false],
    ['a hold stands', personWaitingForErasure(), 'wait', false],
    ['the last hold has run out', personWaitingForErasure({ until: EARLIER }), 'command', true],
    ['it has begun', personBeingErased(), 'destroy-key', true],
    ['it is done', erasedPerson(), 'nothing', true],
  ])(
    'given %s, then the next step of an erasure is known, and whether the person counts as forgotten',
    (_, history, step, forgotten) => {
      const state = fold(person, history);
      expect([nextErasureStep(state, NOW), isForgotten(state, NOW)]).toEqual([step, forgotten]);
    },
  );
});

describe('persons in events', () => {
  const field = { ciphertext: 'c2VhbGVk', commitment: '0'.repeat(64) };
  const contact = { personId: deriveId('person', '1'), partnerId: null, fields: { name: field } };

  it('given an event’s data, then every person in it is found, however deep', () =>
    expect(personsIn({ a: [contact], b: { c: contact }, d: 1, e: null })).toEqual([contact, contact]));

  it('given what only resembles a person, then it is passed over', () =>
    expect(personsIn({ personId: contact.personId, fields: { name: 'Plain' } })).toEqual([]));
});
