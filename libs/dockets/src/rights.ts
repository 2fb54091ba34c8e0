import { type Instant, parseDay, Refusal, refusalOf } from '@tempore/kernel';

import type { Claim } from './claim';
import { decideAlone } from './docket.decide';
import type { DocketCommand } from './docket.commands';
import type { DocketContext } from './docket.context';
import { claimNotFound } from './docket.refusals';
import type { DocketState } from './docket.state';
import { deciderHasStake, hasStakeIn } from './neutral';
import { outcomeBarredBy, settledAt } from './standing';

/** What a partner's people do about a claim, by the names of its routes. */
export const partnerClaimActs = [
  'first-touch-document',
  'touches',
  'win',
  'loss',
  'reconfirmation',
  'interest',
  'refusal',
  'withdrawal',
  'release',
] as const;
export type PartnerClaimAct = (typeof partnerClaimActs)[number];

/** What the vendor decides about a claim, by the names of its routes. */
export const reviewActs = [
  'review',
  'question',
  'approval',
  'rejection',
  'amendment-approval',
  'amendment-rejection',
  'win-confirmation',
  'win-refusal',
] as const;
export type ReviewAct = (typeof reviewActs)[number];

/**
 * What the docket would refuse an act of the partner's with; null where it would take it. It is told by the partner's own
 * claims alone: whether somebody else came after a protection that ended, the partner does not learn by looking.
 */
export const partnerActBarredBy = (
  act: PartnerClaimAct,
  state: DocketState,
  dealId: string,
  context: DocketContext,
): Refusal | null => {
  const settled = settledAt(state, context.now);
  const claim = settled.claims.find((candidate) => candidate.dealId === dealId);
  if (!claim) return claimNotFound();
  const own = { ...settled, claims: settled.claims.filter(({ partnerId }) => partnerId === claim.partnerId) };
  if (act === 'win' || act === 'loss') {
    const outcome = act === 'win' ? 'won' : 'lost';
    return outcomeBarredBy(own, dealId, { outcome, closedOn: parseDay(context.now.slice(0, 10)) }, context.now);
  }
  return barredBy(partnerTrials[act](dealId, context.now), own, context);
};

/**
 * What the docket would refuse a decision of the vendor's with; null where it would take it. Whoever has a stake is told
 * so first: no other remedy would help them. Looking is no attempt, so nothing of it goes on record.
 */
export const reviewActBarredBy = (
  act: ReviewAct,
  state: DocketState,
  dealId: string,
  context: DocketContext,
): Refusal | null => {
  const settled = settledAt(state, context.now);
  const claim = settled.claims.find((candidate) => candidate.dealId === dealId);
  if (!claim) return claimNotFound();
  return hasStakeIn(claim, settled, context)
    ? deciderHasStake()
    : barredBy(reviewTrials[act](dealId, claim), settled, context);
};

/** A command that is never sent: the docket refuses it for what stands there, and for nothing that it says itself. */
type Trial<Given> = (dealId: string, given: Given) => DocketCommand;

/** Nobody has said this before, so that it repeats nothing. */
const A_REASON = 'Whether this is open';

const partnerTrials: Readonly<Record<Exclude<PartnerClaimAct, 'win' | 'loss'>, Trial<Instant>>> = {
  'first-touch-document': (dealId) => ({
    type: 'HandInDocument',
    data: { dealId, document: { documentId: '', hash: '' } },
  }),
  touches: (dealId, happenedAt) => ({
    type: 'RecordTouch',
    data: {
      dealId,
      touch: { touchId: '', kind: 'meeting', direction: 'two-way', happenedAt, counterpart: null, evidence: [] },
    },
  }),
  reconfirmation: (dealId) => ({ type: 'ReconfirmClaim', data: { dealId } }),
  interest: (dealId) => ({ type: 'ConfirmInterest', data: { dealId } }),
  refusal: (dealId) => ({ type: 'DeclineOffer', data: { dealId, reason: A_REASON } }),
  withdrawal: (dealId) => ({ type: 'WithdrawClaim', data: { dealId, reason: A_REASON } }),
  release: (dealId) => ({ type: 'ReleaseClaim', data: { dealId, reason: A_REASON } }),
};

const reviewTrials: Readonly<Record<ReviewAct, Trial<Claim>>> = {
  review: (dealId) => ({ type: 'PickUpReview', data: { dealId } }),
  question: (dealId) => ({
    type: 'AskQuestion',
    data: { dealId, code: 'OTHER', text: A_REASON, fields: [], businessDays: null },
  }),
  approval: (dealId) => ({ type: 'ApproveClaim', data: { dealId } }),
  rejection: (dealId) => ({ type: 'RejectClaim', data: { dealId, code: 'NOT_QUALIFIED', reason: A_REASON } }),
  'amendment-approval': (dealId) => ({ type: 'ApproveAmendment', data: { dealId } }),
  'amendment-rejection': (dealId) => ({ type: 'RejectAmendment', data: { dealId, reason: A_REASON } }),
  'win-confirmation': (dealId) => ({ type: 'ConfirmWin', data: { dealId } }),
  'win-refusal': (dealId) => ({ type: 'RefuseWin', data: { dealId, reason: A_REASON } }),
};

const barredBy = (trial: DocketCommand, settled: DocketState, context: DocketContext): Refusal | null =>
  refusalOf(() => {
    if (decideAlone(trial, settled, context).length === 0) throw nothingToDo();
  });

const nothingToDo = () =>
  new Refusal('NOTHING_TO_DO', 'conflict', 'It is so already, or nothing waits for it.', {
    remedy: 'Look at what happens next with the claim.',
  });
