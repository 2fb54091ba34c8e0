import { isDeepStrictEqual } from 'node:util';

import { type ContentField, expectAmendable, fixedFields, whitelist } from '@messages/deals';
import { addDays, type Instant, Refusal, reasonOf } from '@tempore/kernel';

import { type Claim, collides, owesDocument, isLive, type PendingAmendment } from './claim';
import type {
  AnswerQuestion,
  ApproveAmendment,
  ApproveClaim,
  AskQuestion,
  PickUpReview,
  RejectAmendment,
  RejectClaim,
} from './docket.commands';
import type { DocketContext } from './docket.context';
import type { DocketEvent } from './docket.events';
import { claimEnded, deadlinePassed, notWhereItStands, questionOf } from './docket.refusals';
import type { DocketState } from './docket.state';
import { reviewClock, weigh } from './filing.decide';
import { queueClocks } from './partner-clocks';

type Decision = readonly DocketEvent[];

/** Whoever picks it up last is the reviewer: a colleague may take over. */
export const pickUp = ({ data: { dealId } }: PickUpReview, claim: Claim, actor: string): Decision => {
  const { state } = claim;
  if (state.status === 'in-review' && state.reviewer === actor) return [];
  if (state.status === 'submitted' || state.status === 'in-review')
    return [{ type: 'review-picked-up', data: { dealId } }];
  throw notToReview(claim);
};

/** Throws `QUESTIONS_USED_UP` where the reviewer has asked as often as may be. */
export const ask = ({ data }: AskQuestion, claim: Claim): Decision => {
  const { dealId, code, businessDays } = data;
  const { terms, state, questions } = claim;
  const question = { code, fields: [...data.fields], text: questionOf(data.text) };
  if (state.status === 'action-required' && isDeepStrictEqual(state.question, question)) return [];
  expectInReview(claim);
  const fixed = data.fields.filter((field) => fixedFields.includes(field));
  if (fixed.length > 0)
    throw new Refusal('FIELD_NOT_AMENDABLE', 'invalid', `fields: ${fixed.join(', ')} can never change.`, {
      remedy: 'Reject the claim; the partner files anew.',
      facts: { fields: fixed },
    });
  if (questions >= terms.questionRounds)
    throw notWhereItStands(
      claim,
      'QUESTIONS_USED_UP',
      `Decide: a reviewer asks ${terms.questionRounds} times at most.`,
    );
  const days = businessDays ?? terms.answerBusinessDays;
  if (!Number.isInteger(days) || days < 1)
    throw new Refusal('DEADLINE_TOO_SHORT', 'invalid', 'businessDays must be a whole number of 1 or more.', {
      remedy: 'Give the partner a business day at least, or leave businessDays out.',
    });
  return [{ type: 'question-asked', data: { dealId, ...question, businessDays: days, answerBy: null } }];
};

/** Wherever in the deal the partner puts it. */
const NEW_EVIDENCE: readonly ContentField[] = ['firstTouch', 'evidence'];

/**
 * The partner's answer, by what it changed. Whoever hands in by it what shows the first touch, while that is still due,
 * keeps its rank. Where the first touch had not sufficed and new evidence for it came, the
 * claim ranks from now on: behind whoever filed in between (rulebook 3).
 */
export const answer = (
  { data }: AnswerQuestion,
  claim: Claim,
  state: DocketState,
  context: Pick<DocketContext, 'now' | 'rates' | 'policy'>,
): Decision => {
  const { dealId, content, changed, kind } = data;
  const { terms } = claim;
  const { now } = context;
  if (claim.state.status !== 'action-required') return noQuestion(claim, content.eventId);
  const { question } = claim.state;
  expectAmendable(changed, [...whitelist, ...question.fields]);
  const valuation = weigh(claim, data, context);
  const isHandedIn = owesDocument(claim) && data.documented === true;
  const hasMoved =
    !isHandedIn &&
    question.code === 'FIRST_TOUCH_INSUFFICIENT' &&
    changed.some((field) => NEW_EVIDENCE.includes(field));
  const isQueued = hasMoved && state.claims.some((other) => other !== claim && isLive(other) && collides(other, claim));
  return [
    {
      type: 'question-answered',
      data: {
        dealId,
        content,
        changed: [...changed],
        ...valuation,
        ...(isHandedIn && { documented: true }),
        ...(kind && kind !== claim.kind && { kind }),
        priority: hasMoved ? 'moved' : 'kept',
        ...(isQueued
          ? { place: 'queued', review: null, ...queueClocks(terms, now) }
          : { place: 'held', review: reviewClock(terms, now), lapsesAt: null, asksAt: null }),
      },
    },
  ];
};

export const approve = ({ data: { dealId } }: ApproveClaim, claim: Claim, now: Instant): Decision => {
  if (claim.state.status === 'approved') return [];
  expectInReview(claim);
  const windowEnds = addDays(now, claim.terms.windowDays);
  return [{ type: 'claim-approved', data: { dealId, rule: null, conflict: null, kind: claim.kind, windowEnds } }];
};

export const reject = ({ data }: RejectClaim, claim: Claim): Decision => {
  const { dealId, code } = data;
  const { state } = claim;
  const reason = reasonOf(data.reason);
  if (state.status === 'rejected' && state.code === code && state.reason === reason) return [];
  expectInReview(claim);
  return [{ type: 'claim-rejected', data: { dealId, code, reason, contestableUntil: null } }];
};

export const approveAmendment = ({ data: { dealId } }: ApproveAmendment, claim: Claim): Decision => {
  const { value } = expectAmendment(claim);
  return [{ type: 'amendment-approved', data: { dealId, value } }];
};

export const rejectAmendment = ({ data }: RejectAmendment, claim: Claim): Decision => {
  const reason = reasonOf(data.reason);
  expectAmendment(claim);
  return [{ type: 'amendment-rejected', data: { dealId: claim.dealId, reason } }];
};

/** Throws `DEADLINE_PASSED` where the claim lapsed because the partner had not answered in time. */
export const expectNotLate = (claim: Claim): void => {
  if (claim.state.status === 'lapsed' && claim.state.because === 'no-answer') throw deadlinePassed(claim);
};

const noQuestion = (claim: Claim, contentEventId: string): Decision => {
  if (claim.questions > 0 && claim.content.eventId === contentEventId) return [];
  expectNotLate(claim);
  throw isLive(claim)
    ? notWhereItStands(claim, 'NO_QUESTION_OPEN', 'Nothing was asked, or it is answered.')
    : claimEnded(claim);
};

const expectInReview = (claim: Claim): void => {
  if (claim.state.status === 'submitted') throw notWhereItStands(claim, 'REVIEW_NOT_BEGUN', 'Pick the claim up first.');
  if (claim.state.status !== 'in-review') throw notToReview(claim);
};

const expectAmendment = (claim: Claim): PendingAmendment => {
  if (claim.state.status === 'approved' && claim.state.amendment) return claim.state.amendment;
  throw notWhereItStands(claim, 'NO_AMENDMENT_PENDING', 'There is no amendment to decide about.');
};

const notToReview = (claim: Claim) =>
  isLive(claim) ? notWhereItStands(claim, 'CLAIM_NOT_IN_REVIEW', 'It is not a reviewer’s turn.') : claimEnded(claim);
