import { addDays, deriveId, type Instant, parseInstant } from '@tempore/kernel';
import { ACTOR, fold, given, type Happened, NOW } from '@tempore/testing';

import { policy, policyAt, type PolicyCommand, type PolicyEvent, policyVersion1, type ProposePolicy } from '.';

const colleague = deriveId('actor', 'colleague');
const shorter = { ...policyVersion1, protection: { ...policyVersion1.protection, windowDays: 60 } };
const tomorrow = addDays(NOW, 1);
const yesterday = addDays(NOW, -1);

const founding: PolicyEvent = { type: 'policy-founded', data: { version: 1, policy: policyVersion1 } };
const founded: Happened<PolicyEvent> = { ...founding, recorded: { recordedAt: yesterday } };

const proposal = (data: Partial<ProposePolicy['data']> = {}): ProposePolicy => ({
  type: 'ProposePolicy',
  data: {
    version: 2,
    effectiveFrom: tomorrow,
    policy: shorter,
    holidaySets: [],
    reason: 'Windows of 60 days sell sooner',
    ...data,
  },
});
const proposed = (data: Partial<ReturnType<typeof proposal>['data']> = {}): PolicyEvent =>
  ({ type: 'policy-proposed', data: { ...proposal(data).data } }) as PolicyEvent;
const adopted = (version = 2, effectiveFrom: Instant = tomorrow): PolicyEvent => ({
  type: 'policy-adopted',
  data: { version, effectiveFrom },
});
const withdrawn: PolicyEvent = { type: 'policy-withdrawn', data: { version: 2, reason: 'Too short' } };
const adopt: PolicyCommand = { type: 'AdoptPolicy', data: { version: 2 } };
const withdraw: PolicyCommand = { type: 'WithdrawPolicy', data: { version: 2, reason: 'Too short' } };

const without = <From extends object, Name extends keyof From>(from: From, ...names: readonly Name[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name as Name))) as Omit<From, Name>;

describe('founding', () => {
  const found: PolicyCommand = { type: 'FoundProgramme', data: { policy: policyVersion1 } };

  it('given nothing, when the programme is founded, then it has version 1', () =>
    given(policy).when(found).then([founding]));

  it('given a programme, when it is founded once more, with whatever policy, then nothing happens', () =>
    given(policy, [founded])
      .when({ type: 'FoundProgramme', data: { policy: shorter } })
      .thenNothing());
});

describe('numbers that the product asks for since', () => {
  const registration = without(policyVersion1.registration, 'firstTouchDocumentBusinessDays');
  const protection = without(policyVersion1.protection, 'queueAskDays', 'queueAnswerBusinessDays');
  const older = { ...policyVersion1, registration, protection: { ...protection, windowDays: 45 } };
  const began: Happened<PolicyEvent> = {
    type: 'policy-founded',
    data: { version: 1, policy: older },
    recorded: { recordedAt: yesterday },
  };
  const supplement: PolicyCommand = { type: 'SupplementPolicy', data: {} };
  const whole = { ...policyVersion1, protection: { ...policyVersion1.protection, windowDays: 45 } };
  const supplemented = (at: Instant): Happened<PolicyEvent> => ({
    type: 'policy-supplemented',
    data: { version: 2, policy: whole },
    recorded: { recordedAt: at },
  });

  it('given a policy that lacks them, when the product starts, then it goes on with them as the next version, once', () => {
    given(policy, [began])
      .when(supplement)
      .then([{ type: 'policy-supplemented', data: { version: 2, policy: whole } }]);
    given(policy, [began, supplemented(NOW)])
      .when(supplement)
      .thenNothing();
  });

  it('given a founder whose clock is ahead, when the product starts, then the policy is supplemented all the same', () =>
    given(policy, [{ ...began, recorded: { recordedAt: tomorrow } }])
      .when(supplement)
      .then([{ type: 'policy-supplemented', data: { version: 2, policy: whole } }]));

  it('given a policy that has them, or none at all, when the product starts, then nothing happens', () => {
    given(policy, [founded]).when(supplement).thenNothing();
    given(policy).when(supplement).thenNothing();
  });

  it('given a version from before that takes effect later, then it has the numbers of the first version that has any', () => {
    const longer = { ...whole.protection, queueAskDays: 10 };
    const history = [
      began,
      { ...proposed({ policy: { ...older, currency: 'EUR' } }) },
      adopted(2, addDays(NOW, 5)),
      { type: 'policy-supplemented' as const, data: { version: 3, policy: { ...whole, protection: longer } } },
      proposed({ version: 4, policy: whole }),
      adopted(4, addDays(NOW, 9)),
    ];
    const inForce = policyAt(fold(policy, history), addDays(NOW, 6));
    expect(inForce).toMatchObject({ version: 2, policy: { currency: 'EUR', protection: longer } });
    expect(policyAt(fold(policy, history), addDays(NOW, 9))?.policy).toEqual(whole);
  });

  it('given a supplement, then it is in force from when it was recorded', () =>
    expect(policyAt(fold(policy, [began, supplemented(NOW)]), NOW)?.version).toBe(2));

  it('given a policy of today, when one is proposed without them, then each is named', () =>
    expect(() =>
      policy.decide(proposal({ policy: older }), fold(policy, [founded]), { now: NOW, actor: ACTOR }),
    ).toThrow(/registration\.firstTouchDocumentBusinessDays.*protection\.queueAskDays/));
});

describe('proposing', () => {
  it('given version 1, when version 2 is proposed, then it is on the table', () =>
    given(policy, [founded]).when(proposal()).then([proposed()]));

  it('given a proposal, when it is made again, then nothing happens', () =>
    given(policy, [founded, proposed()]).when(proposal()).thenNothing());

  it.each([1, 3])(
    'given version 1, when version %i is proposed, then it is refused: versions have no gaps',
    (version) => given(policy, [founded]).when(proposal({ version })).thenRefused('POLICY_VERSION_TAKEN'),
  );

  it('given a proposal, when another is made under its number, then it is refused', () =>
    given(policy, [founded, proposed()])
      .when(proposal({ policy: policyVersion1 }))
      .thenRefused('POLICY_VERSION_TAKEN'));

  it('given a withdrawn proposal, when the next is made, then it has a number of its own', () =>
    given(policy, [founded, proposed(), withdrawn])
      .when(proposal({ version: 3 }))
      .then([proposed({ version: 3 })]));

  it.each<[string, Happened<PolicyEvent>[], Partial<ProposePolicy['data']>]>([
    ['the policy in force', [founded], { policy: policyVersion1 }],
    ['the same without an instant', [founded], { policy: policyVersion1, effectiveFrom: null }],
    [
      'one that will be in force by then',
      [founded, proposed(), adopted()],
      { version: 3, effectiveFrom: addDays(NOW, 2) },
    ],
  ])('given %s, when it is proposed, then it is refused: nothing would change', (_what, history, data) =>
    given(policy, history).when(proposal(data)).thenRefused('PROPOSAL_CHANGES_NOTHING'),
  );

  it.each<[string, Partial<ProposePolicy['data']>]>([
    ['after it', { effectiveFrom: addDays(NOW, 2) }],
    ['from the adoption, which may come after it', { effectiveFrom: null }],
  ])(
    'given another policy to come, when the one in force is proposed for %s, then it is on the table',
    (_when, data) => {
      const back = { version: 3, policy: policyVersion1, ...data };
      given(policy, [founded, proposed(), adopted()])
        .when(proposal(back))
        .then([proposed(back)]);
    },
  );

  it('given version 1, when one is proposed for a time that is past, then it is refused', () =>
    given(policy, [founded])
      .when(proposal({ effectiveFrom: yesterday }))
      .thenRefused('POLICY_EFFECTIVE_PAST'));

  it('given version 1, when one is proposed without a reason, then it is refused', () =>
    given(policy, [founded])
      .when(proposal({ reason: ' ' }))
      .thenRefused('REASON_MISSING'));

  it('given version 1, when holidays of a country are chosen, then each day stands in the proposal', () => {
    const holidaySets = [{ country: 'US', state: null, region: null, years: [2027] }];
    const calendar = {
      ...policyVersion1.calendar,
      holidays: [
        '2027-01-01',
        '2027-01-18',
        '2027-02-15',
        '2027-05-31',
        '2027-06-18',
        '2027-06-19',
        '2027-07-04',
        '2027-07-05',
        '2027-09-06',
        '2027-10-11',
        '2027-11-11',
        '2027-11-25',
        '2027-12-24',
        '2027-12-25',
        '2027-12-31',
      ],
    };
    given(policy, [founded])
      .when(proposal({ policy: policyVersion1, holidaySets }))
      .then([proposed({ policy: { ...policyVersion1, calendar }, holidaySets })]);
  });

  it('given version 1, when something else is proposed than a policy, then it is refused', () =>
    given(policy, [founded])
      .when(proposal({ policy: 'ninety days' }))
      .thenRefused('POLICY_INVALID'));
});

describe('adopting', () => {
  it('given a proposal, when its author adopts it, then it is refused', () =>
    given(policy, [founded, proposed()]).when(adopt).thenRefused('SECOND_PERSON_NEEDED'));

  it('given a proposal, when a second person adopts it, then it takes effect when it was to', () =>
    given(policy, [founded, proposed()]).when(adopt, { actor: colleague }).then([adopted()]));

  it('given a proposal without an instant, when a second person adopts it, then it takes effect now', () =>
    given(policy, [founded, proposed({ effectiveFrom: null })])
      .when(adopt, { actor: colleague })
      .then([adopted(2, NOW)]));

  it('given a proposal whose instant has passed, when it is adopted, then it is refused: none takes effect before it was recorded', () =>
    given(policy, [founded, proposed({ effectiveFrom: yesterday })])
      .when(adopt, { actor: colleague })
      .thenRefused('POLICY_EFFECTIVE_PAST'));

  it('given an adopted policy, when it is adopted again, by whomever, then nothing happens', () =>
    given(policy, [founded, proposed(), adopted()]).when(adopt, { actor: ACTOR }).thenNothing());

  it('given a withdrawn proposal, when it is adopted, then it is refused', () =>
    given(policy, [founded, proposed(), withdrawn]).when(adopt, { actor: colleague }).thenRefused('POLICY_WITHDRAWN'));

  it('given version 1, when version 2 is adopted, then there is none', () =>
    given(policy, [founded]).when(adopt, { actor: colleague }).thenRefused('POLICY_NOT_FOUND'));
});

describe('withdrawing', () => {
  it('given a proposal, when it is withdrawn, then the reason is kept', () =>
    given(policy, [founded, proposed()]).when(withdraw).then([withdrawn]));

  it('given a withdrawn proposal, when it is withdrawn again, then nothing happens', () =>
    given(policy, [founded, proposed(), withdrawn]).when(withdraw).thenNothing());

  it('given an adopted policy, when it is withdrawn, then it is refused: what was adopted stands', () =>
    given(policy, [founded, proposed(), adopted()]).when(withdraw).thenRefused('POLICY_ADOPTED'));
});

describe('the policy in force', () => {
  const at = (history: readonly Happened<PolicyEvent>[], instant: Instant): number | undefined =>
    policyAt(fold(policy, history), instant)?.version;
  const before = (instant: Instant): Instant => parseInstant(new Date(Date.parse(instant) - 1).toISOString());

  it('given version 1, before it was recorded there is none', () => {
    expect(at([founded], before(yesterday))).toBeUndefined();
    expect(at([founded], yesterday)).toBe(1);
  });

  it('given a second version, it is in force from its instant on, and a proposal never is', () => {
    expect(at([founded, proposed(), adopted()], before(tomorrow))).toBe(1);
    expect(at([founded, proposed(), adopted()], tomorrow)).toBe(2);
    expect(at([founded, proposed()], tomorrow)).toBe(1);
    expect(at([founded, proposed(), withdrawn], tomorrow)).toBe(1);
  });

  it('given a third that takes effect before the second, each is in force from its own instant on', () => {
    const history = [founded, proposed(), adopted(), proposed({ version: 3 }), adopted(3, NOW)];
    expect(at(history, NOW)).toBe(3);
    expect(at(history, tomorrow)).toBe(2);
  });

  it('given two that take effect at once, the later version is in force', () =>
    expect(at([founded, proposed(), proposed({ version: 3 }), adopted(3), adopted(2)], tomorrow)).toBe(3));
});

describe('what stands in the log', () => {
  const inLog = (...history: Happened<PolicyEvent>[]) => fold(policy, history);

  it('given a fact that does not fit where it stands, then it changes nothing: the log is never refused', () => {
    const begun = inLog(founded);
    expect(inLog(founded, { ...founding, recorded: { recordedAt: NOW } })).toEqual(begun);
    expect(inLog(founded, { type: 'policy-supplemented', data: { version: 3, policy: shorter } })).toEqual(begun);
    expect(inLog(founded, proposed({ version: 3 }))).toEqual(begun);
    expect(inLog(founded, adopted(1), { type: 'policy-withdrawn', data: { version: 1, reason: 'No' } })).toEqual(begun);
  });

  it('given two proposals, when one is adopted or withdrawn, then the other is not', () => {
    const both = [founded, proposed(), proposed({ version: 3 })];
    expect(inLog(...both, adopted(3)).map(({ status }) => status)).toEqual(['founded', 'proposed', 'adopted']);
    expect(inLog(...both, withdrawn).map(({ status }) => status)).toEqual(['founded', 'withdrawn', 'proposed']);
  });

  it('given an adoption, then it is on record who proposed and who adopted it, and when', () =>
    expect(
      inLog(founded, proposed(), { ...adopted(), recorded: { recordedAt: tomorrow, actor: colleague } })[1],
    ).toMatchObject({
      proposedBy: ACTOR,
      proposedAt: NOW,
      adoptedBy: colleague,
      adoptedAt: tomorrow,
      effectiveFrom: tomorrow,
    }));

  it('given the log, then the stream of policies is called so for ever', () => expect(policy.category).toBe('policy'));

  it('given a policy of today, and one from before its last numbers, then the log keeps both', () => {
    const schema = policy.events.find(({ type }) => type === 'policy-founded')?.schema;
    const older = {
      ...policyVersion1,
      registration: without(policyVersion1.registration, 'firstTouchDocumentBusinessDays'),
    };
    for (const known of [policyVersion1, older])
      expect(schema?.parse({ version: 1, policy: known })).toEqual({ version: 1, policy: known });
  });
});

describe('when a proposal takes effect', () => {
  it('given the very instant of the proposal, then it may: it is not past', () =>
    given(policy, [founded])
      .when(proposal({ effectiveFrom: NOW }))
      .then([proposed({ effectiveFrom: NOW })]));

  it('given one that is past, when it is proposed, then it is refused with what to do', () =>
    given(policy, [founded])
      .when(proposal({ effectiveFrom: yesterday }))
      .thenRefused('POLICY_EFFECTIVE_PAST'));

  it('given a number that is not the next, then the refusal says which is', () =>
    given(policy, [founded])
      .when(proposal({ version: 5 }))
      .thenRefused('POLICY_VERSION_TAKEN', {
        remedy: 'Look at what was proposed before, and propose version 2.',
        facts: { nextVersion: 2 },
      }));

  it('given a policy that has superseded version 1, when it is proposed as it is in force, then nothing would change', () =>
    given(policy, [founded, proposed({ effectiveFrom: NOW }), adopted(2, NOW)])
      .when(proposal({ version: 3, policy: shorter, effectiveFrom: null }))
      .thenRefused('PROPOSAL_CHANGES_NOTHING'));
});

it('given version 1 of the rulebook, then its amounts are what the rulebook says', () =>
  expect([policyVersion1.registration.minimumValue, policyVersion1.registration.reviewThreshold]).toEqual([
    { minorUnits: 500_000, currency: 'USD' },
    { minorUnits: 10_000_000, currency: 'USD' },
  ]));
