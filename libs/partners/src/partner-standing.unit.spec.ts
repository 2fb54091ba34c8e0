import { addDays, deriveId, type Instant } from '@tempore/kernel';
import {
  ACTOR,
  activePartner,
  appliedPartner,
  endedPartner,
  fold,
  given,
  type Happened,
  lineCalled,
  NOW,
} from '@tempore/testing';

import {
  type LineTerms,
  managerAt,
  partner,
  type PartnerChange,
  type PartnerCommand,
  type PartnerEvent,
  type Standing,
  standingAt,
} from '.';

const colleague = deriveId('actor', 'colleague');
const northwind = deriveId('partner', 'northwind');
const contoso = deriveId('account', 'contoso');
const fabrikam = deriveId('account', 'fabrikam');
const proposalId = deriveId('proposal', '1');
const reason = 'As agreed on 2 March';

const territory = (country: string, productLine: string | null = null): PartnerChange => ({
  of: 'territories',
  territories: [{ country, productLine }],
});
const germany = territory('DE');
const restriction: PartnerChange = { of: 'named-restriction', restricted: true };
const naming = (added: string[], removed: string[] = []): PartnerChange => ({ of: 'named-accounts', added, removed });

const propose = (change: PartnerChange): PartnerCommand => ({
  type: 'ProposePartnerChange',
  data: { proposalId, change, reason },
});
const adopt: PartnerCommand = { type: 'AdoptPartnerChange', data: { proposalId } };
const withdraw: PartnerCommand = { type: 'WithdrawPartnerChange', data: { proposalId, reason } };

const proposed = (change: PartnerChange): PartnerEvent => ({
  type: 'partner-change-proposed',
  data: { proposalId, change, reason },
});
const adopted = (change: PartnerChange): PartnerEvent => ({
  type: 'partner-change-adopted',
  data: { proposalId, change, reason, proposedBy: ACTOR },
});
const withdrawn: PartnerEvent = { type: 'partner-change-withdrawn', data: { proposalId, reason } };
const agreed = (lines: LineTerms[] | null): PartnerEvent => ({ type: 'partner-lines-agreed', data: { lines, reason } });
const gateway: LineTerms = { productLine: 'Gateway', minimumTier: 'bronze', certifiedPeople: 0 };

const standing = (...history: readonly PartnerEvent[]): Standing | undefined =>
  standingAt(
    northwind,
    fold(partner, [...activePartner(), ...history]),
    { accountId: contoso, isOfLine: lineCalled() },
    NOW,
  );

describe('what registrations are for', () => {
  const resells: PartnerEvent = { type: 'partner-kind-agreed', data: { kind: 'resale', reason } };
  const agree = (kind: 'resale' | 'referral', because = reason): PartnerCommand => ({
    type: 'AgreePartnerKind',
    data: { kind, reason: because },
  });

  it('given an agreement that says nothing, then registrations are proposed as referrals', () =>
    expect(standing()).toMatchObject({ kind: 'referral' }));

  it('given a partner, when it is agreed that it resells, then registrations are proposed so, from then on', () => {
    given(partner, activePartner()).when(agree('resale')).then([resells]);
    expect(standing(resells)).toMatchObject({ kind: 'resale' });
  });

  it('given a partner that resells, when the same is agreed again, then nothing happens', () =>
    given(partner, [...activePartner(), resells])
      .when(agree('resale'))
      .thenNothing());

  it.each([
    ['without a reason', activePartner(), agree('resale', ' '), 'REASON_MISSING'],
    ['of a partner that has ended', endedPartner(), agree('resale'), 'PARTNER_ENDED'],
  ])('given an agreement %s, then it is refused', (_case, history, command, code) =>
    given(partner, history).when(command).thenRefused(code),
  );
});

describe('what takes two people', () => {
  it.each([germany, restriction, naming([contoso], [fabrikam])])(
    'given a partner, when $of are to change, then it is proposed',
    (change) =>
      given(partner, activePartner())
        .when(propose(change))
        .then([proposed(change)]),
  );

  it('given a proposal, when it is made again, then nothing happens', () =>
    given(partner, [...activePartner(), proposed(germany)])
      .when(propose(germany))
      .thenNothing());

  const twoCountries = (...countries: string[]): PartnerChange => ({
    of: 'territories',
    territories: countries.map((country) => ({ country, productLine: null })),
  });
  const further = deriveId('proposal', '2');

  it.each<[string, PartnerEvent[], PartnerChange]>([
    ['the territories that it has', [adopted(twoCountries('DE', 'AT'))], twoCountries('AT', 'DE')],
    ['everywhere, and it may everywhere', [], { of: 'territories', territories: null }],
    ['to name an account that is named', [adopted(naming([contoso]))], naming([contoso])],
    ['to name one no more that is not named', [], naming([], [contoso])],
    ['the restriction that it has', [adopted(restriction)], restriction],
  ])('given a partner, when %s is proposed, then it is refused: nothing would change', (_what, history, change) =>
    given(partner, [...activePartner(), ...history])
      .when({ type: 'ProposePartnerChange', data: { proposalId: further, change, reason } })
      .thenRefused('PROPOSAL_CHANGES_NOTHING'),
  );

  it('given a proposal that was adopted, when it is made again under its id, then nothing happens', () =>
    given(partner, [...activePartner(), proposed(germany), adopted(germany)])
      .when(propose(germany))
      .thenNothing());

  it('given named accounts, when one of two proposed is new, then it is proposed', () =>
    given(partner, [...activePartner(), adopted(naming([contoso]))])
      .when(propose(naming([contoso, fabrikam])))
      .then([proposed(naming([contoso, fabrikam]))]));

  it('given a proposal, when another is made under its id, then it is refused', () =>
    given(partner, [...activePartner(), proposed(germany)])
      .when(propose(restriction))
      .thenRefused('PROPOSAL_EXISTS'));

  it('given a proposal, when its author adopts it, then it is refused', () =>
    given(partner, [...activePartner(), proposed(germany)])
      .when(adopt)
      .thenRefused('SECOND_PERSON_NEEDED'));

  it('given a proposal, when a second person adopts it, then the change says who proposed it, and why', () =>
    given(partner, [...activePartner(), proposed(germany)])
      .when(adopt, { actor: colleague })
      .then([adopted(germany)]));

  it('given an adopted change, when it is adopted again, by whomever, then nothing happens', () =>
    given(partner, [...activePartner(), proposed(germany), adopted(germany)])
      .when(adopt)
      .thenNothing());

  it('given an adopted change, when it is withdrawn, then it is refused', () =>
    given(partner, [...activePartner(), proposed(germany), adopted(germany)])
      .when(withdraw)
      .thenRefused('PROPOSAL_ADOPTED'));

  it('given a proposal, when it is withdrawn, then the reason is kept, and nobody adopts it any more', () => {
    given(partner, [...activePartner(), proposed(germany)])
      .when(withdraw)
      .then([withdrawn]);
    given(partner, [...activePartner(), proposed(germany), withdrawn])
      .when(withdraw)
      .thenNothing();
    given(partner, [...activePartner(), proposed(germany), withdrawn])
      .when(adopt, { actor: colleague })
      .thenRefused('PROPOSAL_WITHDRAWN');
  });

  it('given no proposal, when one is adopted or withdrawn, then there is none', () => {
    given(partner, activePartner()).when(adopt).thenRefused('PROPOSAL_NOT_FOUND');
    given(partner, activePartner()).when(withdraw).thenRefused('PROPOSAL_NOT_FOUND');
  });

  it('given territories in any spelling and more than once, then each is proposed once, in normal form', () =>
    given(partner, activePartner())
      .when(
        propose({
          of: 'territories',
          territories: [
            { country: 'de', productLine: null },
            { country: 'DE', productLine: null },
            { country: 'AT', productLine: ' Gateway ' },
          ],
        }),
      )
      .then([
        proposed({
          of: 'territories',
          territories: [
            { country: 'DE', productLine: null },
            { country: 'AT', productLine: 'Gateway' },
          ],
        }),
      ]));

  it.each([
    ['in a country that does not exist', territory('XX'), 'COUNTRY_UNKNOWN'],
    ['for a line without a name', territory('DE', ' '), 'LINE_MISSING'],
    ['that names no account', naming([]), 'CHANGE_EMPTY'],
    ['that adds and removes one account', naming([contoso], [contoso]), 'CHANGE_CONTRADICTS'],
  ])('given a partner, when a change is proposed %s, then it is refused', (_case, change, code) =>
    given(partner, activePartner()).when(propose(change)).thenRefused(code),
  );
});

describe('groups', () => {
  const groupId = deriveId('group', 'holding');
  const join: PartnerCommand = { type: 'JoinPartnerGroup', data: { groupId, reason } };
  const leave: PartnerCommand = { type: 'LeavePartnerGroup', data: { reason } };
  const joined: PartnerEvent = { type: 'partner-group-joined', data: { groupId, reason } };
  const left: PartnerEvent = { type: 'partner-group-left', data: { reason } };

  it('given a partner, it is its own group until it joins one, and once it has left', () => {
    expect(standing()?.group).toBe(northwind);
    expect(standing(joined)?.group).toBe(groupId);
    expect(standing(joined, left)?.group).toBe(northwind);
  });

  it('given a partner, when it joins a group, then that is recorded, and once', () => {
    given(partner, activePartner()).when(join).then([joined]);
    given(partner, [...activePartner(), joined])
      .when(join)
      .thenNothing();
  });

  it('given a partner in a group, when it leaves, then that is recorded, and once', () => {
    given(partner, [...activePartner(), joined])
      .when(leave)
      .then([left]);
    given(partner, activePartner()).when(leave).thenNothing();
  });
});

describe('lines', () => {
  const agree = (lines: readonly LineTerms[] | null): PartnerCommand => ({
    type: 'AgreePartnerLines',
    data: { lines, reason },
  });

  it('given a partner, when lines are agreed, then what each asks for is kept, and once', () => {
    given(partner, activePartner())
      .when(agree([{ ...gateway, productLine: ' Gateway ' }]))
      .then([agreed([gateway])]);
    given(partner, [...activePartner(), agreed([gateway])])
      .when(agree([gateway]))
      .thenNothing();
    given(partner, activePartner()).when(agree(null)).thenNothing();
  });

  it('given a partner, when one line is agreed twice, then it is refused', () =>
    given(partner, activePartner())
      .when(agree([gateway, { ...gateway, certifiedPeople: 2 }]))
      .thenRefused('LINE_TWICE'));

  it('given no lines, the partner may sell all; given some, those alone', () => {
    expect(standing()?.lacks).toEqual([]);
    expect(standing(agreed([gateway]))?.lacks).toEqual([]);
    expect(standing(agreed([{ ...gateway, productLine: 'GATEWAY' }]))?.lacks).toEqual([]);
    expect(standing(agreed([{ ...gateway, productLine: 'Analytics' }]))?.lacks).toEqual(['line']);
  });

  it('given terms that a partner at bronze without certified people does not fulfil, it lacks what they ask for', () =>
    expect(standing(agreed([{ ...gateway, minimumTier: 'silver', certifiedPeople: 1 }]))).toMatchObject({
      lacks: ['tier', 'certificate'],
      line: { minimumTier: 'silver', certifiedPeople: 1, certified: 0 },
    }));
});

describe('account managers', () => {
  const manager = deriveId('principal', 'manager');
  const assign = (managerId: string | null, from: Instant): PartnerCommand => ({
    type: 'AssignPartnerManager',
    data: { managerId, from },
  });
  const assigned = (managerId: string | null, from: Instant): PartnerEvent => ({
    type: 'partner-manager-assigned',
    data: { managerId, from },
  });
  const tomorrow = addDays(NOW, 1);

  it('given a partner, when a manager is assigned, then from when on is kept, and once', () => {
    given(partner, activePartner())
      .when(assign(manager, NOW))
      .then([assigned(manager, NOW)]);
    given(partner, [...activePartner(), assigned(manager, NOW)])
      .when(assign(manager, tomorrow))
      .thenNothing();
  });

  it('given a manager, when another is to begin before, then it is refused: who was it when is not rewritten', () =>
    given(partner, [...activePartner(), assigned(manager, tomorrow)])
      .when(assign(colleague, NOW))
      .thenRefused('ASSIGNMENT_TOO_EARLY'));

  it('given managers one after the other, each is it until the next', () => {
    const state = fold(partner, [...activePartner(), assigned(manager, NOW), assigned(null, tomorrow)]);
    if (state.status === 'none') throw new Error('the partner is known');
    expect([addDays(NOW, -1), NOW, tomorrow].map((at) => managerAt(state.standing, at))).toEqual([null, manager, null]);
  });
});

describe('standing', () => {
  it('given nothing, there is none', () =>
    expect(
      standingAt(northwind, fold(partner, []), { accountId: contoso, isOfLine: lineCalled() }, NOW),
    ).toBeUndefined());

  it('given an application, its tier is the lowest', () =>
    expect(
      standingAt(northwind, fold(partner, appliedPartner()), { accountId: contoso, isOfLine: lineCalled() }, NOW),
    ).toEqual({
      partnerId: northwind,
      group: northwind,
      status: 'applied',
      tier: 'bronze',
      kind: 'referral',
      lacks: [],
      territories: null,
      named: 'not-aligned',
    }));

  it('given territories, those of another line do not count', () => {
    const territories = [
      { country: 'DE', productLine: null },
      { country: 'AT', productLine: 'Gateway' },
      { country: 'CH', productLine: 'Analytics' },
    ];
    expect(standing(adopted({ of: 'territories', territories }))?.territories).toEqual(['DE', 'AT']);
    expect(
      standing(adopted({ of: 'territories', territories }), adopted({ of: 'territories', territories: null })),
    ).toEqual(standing());
  });

  it('given named accounts, the partner is aligned with those, and may be restricted to them', () => {
    expect(standing(adopted(naming([contoso])))?.named).toBe('aligned');
    expect(standing(adopted(naming([fabrikam])))?.named).toBe('not-aligned');
    expect(standing(adopted(naming([fabrikam])), adopted(restriction))?.named).toBe('only-others');
    expect(standing(adopted(naming([contoso])), adopted(naming([], [contoso])))?.named).toBe('not-aligned');
  });

  it('given a proposal, nothing has changed yet', () => expect(standing(proposed(germany))).toEqual(standing()));
});

describe('what a partner is not ready for', () => {
  const commands: readonly PartnerCommand[] = [
    propose(germany),
    adopt,
    withdraw,
    { type: 'JoinPartnerGroup', data: { groupId: northwind, reason } },
    { type: 'LeavePartnerGroup', data: { reason } },
    { type: 'AgreePartnerLines', data: { lines: null, reason } },
    { type: 'AssignPartnerManager', data: { managerId: null, from: NOW } },
  ];
  const histories: readonly [string, readonly Happened<PartnerEvent>[], string][] = [
    ['nothing', [], 'PARTNER_NOT_FOUND'],
    ['an ended partner', endedPartner(), 'PARTNER_ENDED'],
  ];

  it.each(histories)('given %s, its standing does not change', (_case, history, code) => {
    for (const command of commands) given(partner, history).when(command).thenRefused(code);
  });

  it.each(['JoinPartnerGroup', 'LeavePartnerGroup', 'AgreePartnerLines', 'ProposePartnerChange'])(
    'given a partner, when %s comes without a reason, then it is refused',
    (type) => {
      const command = commands.find((one) => one.type === type);
      if (!command) throw new Error(type);
      const mute = { ...command, data: { ...command.data, reason: ' ' } } as PartnerCommand;
      given(partner, activePartner()).when(mute).thenRefused('REASON_MISSING');
    },
  );
});
