import { isDeepStrictEqual } from 'node:util';

import { type Instant, Refusal, reasonOf } from '@tempore/kernel';

import { type Claim, isLive } from './claim';
import type { DeclineOffer, ReconfirmClaim, RecordTouch } from './docket.commands';
import type { DocketContext } from './docket.context';
import type { DocketEvent } from './docket.events';
import { claimEnded, deadlinePassed, notWhereItStands } from './docket.refusals';
import type { DocketState } from './docket.state';
import { partnerOf, reviewClock } from './filing.decide';
import { queueClocks } from './partner-clocks';
import { isProgress, type Touch } from './touch';
import { expectAuthorised } from './validity';

type Decision = readonly DocketEvent[];

/** The partner's standing counts as it is now, the customer's facts as of filing (rulebook 5). Throws `NOT_AUTHORISED`. */
export const reconfirm = (
  { data: { dealId } }: ReconfirmClaim,
  claim: Claim,
  context: Pick<DocketContext, 'now' | 'partner'>,
): Decision => {
  if (isLive(claim) && claim.reconfirmedAt !== null) return [];
  expectOffered(claim);
  const standing = partnerOf(context);
  expectAuthorised(standing);
  return [{ type: 'claim-reconfirmed', data: { dealId, standing, review: reviewClock(claim.terms, context.now) } }];
};

export const decline = ({ data }: DeclineOffer, claim: Claim): Decision => {
  const reason = reasonOf(data.reason);
  if (claim.state.status === 'withdrawn' && claim.state.reason === reason) return [];
  expectOffered(claim);
  return [{ type: 'offer-declined', data: { dealId: claim.dealId, reason } }];
};

/** One click. Quiet where nothing is asked: whoever answered may do so again. */
export const confirmInterest = (claim: Claim, now: Instant): Decision => {
  const { dealId, state, terms } = claim;
  if (!isLive(claim)) throw claimEnded(claim);
  if (state.status !== 'queued')
    throw notWhereItStands(
      claim,
      'CLAIM_NOT_QUEUED',
      'Only who waits in line is asked whether it still wants the place.',
    );
  return state.asked === null ? [] : [{ type: 'interest-confirmed', data: { dealId, ...queueClocks(terms, now) } }];
};

/**
 * Counts by when it is recorded, whatever it says of when it happened. A claim that ended without an outcome takes
 * touches as well: new progress opens the way to register the sale anew.
 */
export const recordTouch = (
  { data: { dealId, touch } }: RecordTouch,
  claim: Claim,
  state: DocketState,
  now: Instant,
): Decision => {
  const known = state.touches.find((recorded) => recorded.touch.touchId === touch.touchId);
  if (known) return sameTouch(known, { dealId, touch });
  expectPast(touch, now);
  const { status } = claim.state;
  if (status === 'won' || status === 'lost' || status === 'superseded') throw claimEnded(claim);
  const progress = isProgress(touch);
  const clocks =
    progress && isLive(claim) && status === 'queued' ? queueClocks(claim.terms, now) : { lapsesAt: null, asksAt: null };
  return [{ type: 'touch-recorded', data: { dealId, touch, progress, ...clocks }, occurredAt: touch.happenedAt }];
};

/** Quiet where the same touch stands already. Throws `TOUCH_DIFFERS`. */
export const sameTouch = <T extends { readonly touch: Touch }>(known: T, touch: T): Decision => {
  if (isDeepStrictEqual(known, touch)) return [];
  throw new Refusal('TOUCH_DIFFERS', 'conflict', 'This touch was recorded before, with another content.', {
    remedy: 'Record a touch of its own.',
  });
};

/** Throws `TOUCH_IN_FUTURE`. */
export const expectPast = ({ happenedAt }: Touch, now: Instant): void => {
  if (happenedAt <= now) return;
  throw new Refusal('TOUCH_IN_FUTURE', 'invalid', `happenedAt ${happenedAt} has not come yet.`, {
    remedy: 'Record the touch once it has happened.',
  });
};

const expectOffered = (claim: Claim): void => {
  const { state } = claim;
  if (state.status === 'offered') return;
  if (state.status === 'lapsed' && state.because === 'no-reconfirmation') throw deadlinePassed(claim);
  throw isLive(claim)
    ? notWhereItStands(claim, 'CLAIM_NOT_OFFERED', 'Wait until the place is offered to you.')
    : claimEnded(claim);
};
