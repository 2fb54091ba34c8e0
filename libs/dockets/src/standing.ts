import { type DealKind, type PartnerRights, whitelist } from '@messages/deals';
import { type Day, type Instant, type Refusal, refusalOf } from '@tempore/kernel';

import type { Availability } from './availability';
import {
  type Claim,
  type ClaimStatus,
  collides,
  documentDueAt,
  isLive,
  type Turn,
  type Turns,
  turnOf,
  turnsUntil,
} from './claim';
import { fallenDue, foreseen } from './docket.settle';
import { claimNotFound } from './docket.refusals';
import { type DocketState, evolve } from './docket.state';
import { nextOf, type NextMove } from './next-move';
import { expectMayLose, expectMayReportWin } from './outcome.decide';
import { expectNotLate } from './review.decide';
import { duplicateOf, notValid } from './validity';

/** What a partner may be told of its claim: nothing of it names a rival, or says how many there are. */
export interface ClaimStanding {
  readonly status: ClaimStatus;
  readonly since: Instant;
  /** Since when its rank counts: later than its filing where new evidence was needed for the first touch. */
  readonly ranksSince: Instant;
  /**
   * When what is so now ends by itself, or when an answer is due; null where no date is known, as while the clock waits for
   * its notice.
   */
  readonly until: Instant | null;
  readonly next: NextMove;
  /** By when what shows the first touch is due; null where it is there. */
  readonly documentDueAt: Instant | null;
  readonly turn: Turn | null;
  /** What the registration is for; fixed once it is approved. */
  readonly kind: DealKind;
  /** Milliseconds that went by in each turn, the running one included. */
  readonly turns: Turns;
}

/** Where a claim stands at an instant, whatever the log has noticed of it by then; null where there is no such claim. */
export const standingOf = (state: DocketState, dealId: string, now: Instant): ClaimStanding | null => {
  const claim = settledAt(state, now).claims.find((candidate) => candidate.dealId === dealId);
  if (!claim) return null;
  const { since, ranksSince, kind } = claim;
  const turns = turnsUntil(claim, now);
  return {
    status: claim.state.status,
    since,
    ranksSince,
    ...nextOf(claim),
    documentDueAt: documentDueAt(claim),
    turn: turnOf(claim),
    kind,
    turns,
  };
};

export const availabilityOf = (
  state: DocketState,
  { group, site }: { readonly group: string; readonly site: string | null },
  now: Instant,
): Availability => {
  const { claims, round } = settledAt(state, now);
  const inTheWay = claims.filter((claim) => isLive(claim) && collides(claim, { round, site }));
  if (inTheWay.length === 0) return 'free';
  return inTheWay.some((claim) => claim.group === group && claim.state.status === 'queued') ? 'queued' : 'taken';
};

/** What the partner may say of its deal while its claim stands as it does. */
export const rightsOf = (state: DocketState, dealId: string, now: Instant): PartnerRights => {
  const claim = settledAt(state, now).claims.find((candidate) => candidate.dealId === dealId);
  if (claim?.state.status === 'approved')
    return { amend: claim.state.amendment ? [] : whitelist, reportStage: true, question: null };
  if (claim?.state.status === 'action-required')
    return { amend: [...whitelist, ...claim.state.question.fields], reportStage: false, question: claim.questions };
  return { amend: [], reportStage: false, question: null };
};

/** What the docket would refuse an outcome with that the partner claims; null where it would take it. */
export const outcomeBarredBy = (
  state: DocketState,
  dealId: string,
  { outcome, closedOn }: { readonly outcome: 'won' | 'lost'; readonly closedOn: Day },
  now: Instant,
): Refusal | null => {
  const settled = settledAt(state, now);
  return refusalOfClaim(settled, dealId, (claim) => {
    if (outcome === 'won') expectMayReportWin(claim, settled, closedOn, now);
    else expectMayLose(claim);
  });
};

/** What a filing for a site would be refused with because a claim of the same partner stands in its way. */
export const ownClaimInTheWay = (
  state: DocketState,
  { partnerId, site }: { readonly partnerId: string; readonly site: string | null },
  now: Instant,
): Refusal | null => {
  const { claims, round } = settledAt(state, now);
  const own = claims.find(
    (claim) => claim.partnerId === partnerId && isLive(claim) && collides(claim, { round, site }),
  );
  return own ? notValid([duplicateOf(own)]) : null;
};

/** What the docket would refuse an answer to the reviewer's question with; null where it would take one. */
export const answerBarredBy = (state: DocketState, dealId: string, now: Instant): Refusal | null =>
  refusalOfClaim(settledAt(state, now), dealId, expectNotLate);

const refusalOfClaim = (
  { claims }: DocketState,
  dealId: string,
  expectation: (claim: Claim) => void,
): Refusal | null => {
  const claim = claims.find((candidate) => candidate.dealId === dealId);
  return claim ? refusalOf(() => expectation(claim)) : claimNotFound();
};

/** The docket with everything that is due by then, noticed or not. */
export const settledAt = (state: DocketState, now: Instant): DocketState =>
  fallenDue(state, now).reduce((current, { event }) => evolve(current, event, foreseen(event, now)), state);
