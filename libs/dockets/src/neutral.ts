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
  { actor, stakes }: NeutralContext,
): readonly DocketEvent[] => {
  const own = stakesIn(claim, state, stakes);
  if (decided.length === 0 || own.length === 0) return decided;
  if (claim.barred.some((barred) => barred.actor === actor && barred.decision === decision)) throw deciderHasStake();
  return [{ type: 'decision-refused', data: { dealId: claim.dealId, decision, stakes: own } }];
};

/** Stakes in the customer, in the claimant, or in anybody whose claim lives beside it. */
const stakesIn = (claim: Claim, { subject, claims }: DocketState, stakes: readonly Stake[]): Stake[] => {
  const rivals = claims.filter((other) => other.round === claim.round && isLive(other));
  const parties = new Set([claim, ...rivals].map(({ partnerId }) => partnerId));
  return stakes.filter(({ on, id }) => (on === 'account' ? id === subject?.accountId : parties.has(id)));
};

/** The answer to a decision of theirs. */
export const deciderHasStake = () =>
  new Refusal('DECIDER_HAS_STAKE', 'forbidden', 'Whoever has a stake in the customer or in a party does not decide.', {
    remedy: 'Hand the claim to somebody without a stake.',
  });
