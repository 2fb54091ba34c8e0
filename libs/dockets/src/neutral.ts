import { Refusal } from '@tempore/kernel';

import { type Claim, isLive } from './claim';
import type { NeutralContext } from './docket.context';
import type { DocketEvent } from './docket.events';
import type { DocketState } from './docket.state';
import type { Stake } from './facts';
import type { BarredDecision } from './review.events';

/**
 * What follows where somebody decides about a claim: their decision, or, where they have a stake, the fact that they
 * tried (rulebook 3, separation of duties). Throws `DECIDER_HAS_STAKE` where that fact stands already.
 */
export const asNeutral = (
  decision: BarredDecision,
  decided: readonly DocketEvent[],
  claim: Claim,
  state: DocketState,
  context: NeutralContext,
): readonly DocketEvent[] => {
  if (decided.length === 0) return decided;
  const own = barringStakes(claim, state, context);
  if (own.length === 0) return decided;
  const { actor } = context;
  if (claim.barred.some((barred) => barred.actor === actor && barred.decision === decision)) throw deciderHasStake();
  return [{ type: 'decision-refused', data: { dealId: claim.dealId, decision, stakes: own } }];
};

/**
 * What somebody of the vendor's states about the customer, where they may: a declared stake bars, and to be of a party
 * does; what others have said of them, a quota above all, keeps nobody from putting facts on record (rulebook 3). Throws
 * `STATED_WITH_STAKE`.
 */
export const asStated = (
  stated: readonly DocketEvent[],
  accountId: string | undefined,
  { claims }: DocketState,
  context: NeutralContext,
): readonly DocketEvent[] => {
  if (stated.length === 0) return stated;
  const own = stakesIn(claims.filter(isLive), accountId, context);
  if (own.some(({ kind }) => BARS_STATING.has(kind))) throw statedWithStake();
  return stated;
};

const BARS_STATING: ReadonlySet<Stake['kind']> = new Set<Stake['kind']>(['member', 'acted', 'declared']);

/** Whether whoever acts has a stake that bars them from deciding about a claim. */
export const hasStakeIn = (claim: Claim, state: DocketState, context: NeutralContext): boolean =>
  barringStakes(claim, state, context).length > 0;

const barringStakes = (claim: Claim, state: DocketState, context: NeutralContext): Stake[] =>
  stakesIn([claim, ...rivalsOf(claim, state)], state.subject?.accountId, context);

const rivalsOf = (claim: Claim, { claims }: DocketState): readonly Claim[] =>
  claims.filter((other) => other.round === claim.round && isLive(other));

/** Stakes in the customer, and in those whose claims these are. */
const stakesIn = (
  claims: readonly Claim[],
  accountId: string | undefined,
  { stakes, examined }: NeutralContext,
): Stake[] => {
  if (examined !== 'all' && claims.some(({ dealId }) => !examined.includes(dealId))) throw partiesChanged();
  const parties = new Set(claims.map(({ partnerId }) => partnerId));
  return stakes.filter(({ on, id }) => (on === 'account' ? id === accountId : parties.has(id)));
};

const partiesChanged = () =>
  new Refusal('PARTIES_CHANGED', 'conflict', 'Somebody filed here while this was on its way.', {
    remedy: 'Look at the docket, and send it again under a new key.',
  });

/** The answer to who states a fact of a customer, or of whose customer it is, and has a stake. */
export const statedWithStake = () =>
  new Refusal('STATED_WITH_STAKE', 'forbidden', 'Whoever has a stake states no facts that block or free a customer.', {
    remedy: 'Ask somebody without a stake to look at it and put it on record.',
  });

/** The answer to a decision of theirs. */
export const deciderHasStake = () =>
  new Refusal('DECIDER_HAS_STAKE', 'forbidden', 'Whoever has a stake in the customer or in a party does not decide.', {
    remedy: 'Hand the claim to somebody without a stake.',
  });
