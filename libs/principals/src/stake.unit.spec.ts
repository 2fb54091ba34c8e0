import { addDays, deriveId, type Instant } from '@tempore/kernel';
import { ACTOR, fold, given, type Happened, NOW, recordedAt } from '@tempore/testing';

import { hasStake, principal, type PrincipalCommand, type PrincipalEvent, stakesAt, type StakeChange } from '.';

const somebody = deriveId('principal', 'somebody');
const colleague = deriveId('actor', 'colleague');
const contoso = deriveId('account', 'contoso');
const northwind = deriveId('partner', 'northwind');
const stakeId = deriveId('stake', '1');
const proposalId = deriveId('proposal', '1');
const reason = 'Her brother works there';

const own = { stakeId, on: 'partner', id: northwind } as const;
const declare = (principalId = ACTOR): PrincipalCommand => ({
  type: 'DeclareStake',
  data: { principalId, stake: own, reason },
});
const declared: PrincipalEvent = { type: 'stake-declared', data: { stake: { ...own, kind: 'declared' }, reason } };

const quota = { of: 'stake', stake: { stakeId, on: 'account', id: contoso, kind: 'quota' } } as const;
const end: StakeChange = { of: 'stake-end', stakeId };
const propose = (change: StakeChange): PrincipalCommand => ({
  type: 'ProposeStakeChange',
  data: { proposalId, change, reason },
});
const proposed = (change: StakeChange): PrincipalEvent => ({
  type: 'stake-change-proposed',
  data: { proposalId, change, reason },
});
const adopt = (principalId = somebody): PrincipalCommand => ({
  type: 'AdoptStakeChange',
  data: { principalId, proposalId },
});
const adopted = (change: StakeChange): PrincipalEvent => ({
  type: 'stake-change-adopted',
  data: { proposalId, change, reason, proposedBy: ACTOR },
});
const withdraw: PrincipalCommand = { type: 'WithdrawStakeChange', data: { proposalId, reason } };
const withdrawn: PrincipalEvent = { type: 'stake-change-withdrawn', data: { proposalId, reason } };

describe('declaring', () => {
  it('given nobody, when somebody declares a stake of their own, then it is on record, and once', () => {
    given(principal).when(declare()).then([declared]);
    given(principal, [declared]).when(declare()).thenNothing();
  });

  it('given nobody, when somebody declares a stake of somebody else, then it is refused', () =>
    given(principal).when(declare(somebody)).thenRefused('STAKE_NOT_OWN'));

  it('given a stake, when another is declared under its id, then it is refused', () =>
    given(principal, [declared])
      .when({ type: 'DeclareStake', data: { principalId: ACTOR, stake: { ...own, id: contoso }, reason } })
      .thenRefused('STAKE_EXISTS'));
});

describe('what takes two people', () => {
  it('given nobody, when a stake of somebody is proposed, then nothing counts yet', () => {
    given(principal)
      .when(propose(quota))
      .then([proposed(quota)]);
    expect(stakesAt(fold(principal, [proposed(quota)]), NOW)).toEqual([]);
  });

  it('given a stake, when the same tie is proposed again, or a stake’s end after its end, then nothing would change', () => {
    const again = (change: StakeChange): PrincipalCommand => ({
      type: 'ProposeStakeChange',
      data: { proposalId: deriveId('proposal', '2'), change, reason },
    });
    const sameTie: StakeChange = { of: 'stake', stake: { ...quota.stake, stakeId: deriveId('stake', '2') } };
    given(principal, [adopted(quota)])
      .when(again(sameTie))
      .thenRefused('PROPOSAL_CHANGES_NOTHING');
    given(principal, [adopted(quota), adopted(end)])
      .when(again(end))
      .thenRefused('PROPOSAL_CHANGES_NOTHING');
    given(principal, [adopted(quota), adopted(end)])
      .when(propose(sameTie))
      .then([proposed(sameTie)]);
  });

  it('given a proposal, when its author adopts it, then it is refused', () =>
    given(principal, [proposed(quota)])
      .when(adopt())
      .thenRefused('SECOND_PERSON_NEEDED'));

  it('given a proposal, when the one it is about adopts it, then it is refused', () =>
    given(principal, [proposed(quota)])
      .when(adopt(), { actor: somebody })
      .thenRefused('STAKE_OWN'));

  it('given a proposal, when a second person adopts it, then the change says who proposed it, and why', () =>
    given(principal, [proposed(quota)])
      .when(adopt(), { actor: colleague })
      .then([adopted(quota)]));

  it('given a proposal, when it is withdrawn, then nobody adopts it any more', () => {
    given(principal, [proposed(quota)])
      .when(withdraw)
      .then([withdrawn]);
    given(principal, [proposed(quota), withdrawn])
      .when(adopt(), { actor: colleague })
      .thenRefused('PROPOSAL_WITHDRAWN');
  });

  it('given a stake, when its end is proposed, then it goes the same way; given none, there is nothing to end', () => {
    given(principal, [declared])
      .when(propose(end))
      .then([proposed(end)]);
    given(principal).when(propose(end)).thenRefused('STAKE_NOT_FOUND');
  });
});

describe('having a stake', () => {
  const has = (history: readonly Happened<PrincipalEvent>[], at: Instant, of: Parameters<typeof hasStake>[1]) =>
    hasStake(fold(principal, history), of, at);
  const tomorrow = addDays(NOW, 1);

  it('given a stake in a partner, it is in that partner, and in no customer of the same id', () => {
    expect(has([declared], NOW, { accountId: contoso, partnerId: northwind })).toBe(true);
    expect(has([declared], NOW, { accountId: northwind, partnerId: contoso })).toBe(false);
    expect(has([declared], NOW, {})).toBe(false);
  });

  it('given a stake, it counts from when it was recorded until its end was', () => {
    const history = [adopted(quota), recordedAt(tomorrow)(adopted(end))];
    const of = { accountId: contoso };
    expect([addDays(NOW, -1), NOW, tomorrow].map((at) => has(history, at, of))).toEqual([false, true, false]);
  });
});
