import { type DecisionContext, unreachable } from '@tempore/kernel';

import type { Claim } from './claim';
import { closeOpportunity, closeTender, openOpportunity, publishTender, recordDirectTouch } from './direct.decide';
import type { DocketCommand, StartClock } from './docket.commands';
import type { DocketContext } from './docket.context';
import type { DocketEvent } from './docket.events';
import { claimNotFound } from './docket.refusals';
import { fallenDue, foreseen } from './docket.settle';
import { type DocketState, evolve } from './docket.state';
import type { BarredDecision } from './review.events';
import { amend, fileClaim, handInDocument, partnerOf, release, withdraw } from './filing.decide';
import { asNeutral, asStated } from './neutral';
import { confirmWin, refuseWin, reportLoss, reportWin } from './outcome.decide';
import { confirmInterest, decline, reconfirm, recordTouch } from './queue.decide';
import { answer, approve, approveAmendment, ask, pickUp, reject, rejectAmendment } from './review.decide';
import { startClock } from './partner-clocks';
import { decideByRule } from './rules.decide';

type Decision = readonly DocketEvent[];

/** What a command brings, and what it brings about: a place that it frees is offered on in the same append. */
export const decide = (command: DocketCommand, state: DocketState, context: DocketContext): Decision => {
  const events = decideAlone(command, state, context);
  return [...events, ...consequences(state, events, context)];
};

/** The same of the one command that needs to know nothing beside the docket. */
export const decideClock = (command: StartClock, state: DocketState, context: DecisionContext): Decision => {
  const events = startClock(command, findClaim(state, command.data.dealId));
  return [...events, ...consequences(state, events, context)];
};

/** Due by the command's doing, so part of it: these carry no cause of their own. */
const consequences = (state: DocketState, events: Decision, { now, actor }: DecisionContext): Decision => {
  const after = events.reduce((current, event) => evolve(current, event, foreseen(event, now, actor)), state);
  return fallenDue(after, now).map(({ event }) => event);
};

/** What a command brings, without what that brings about. */
export const decideAlone = (command: DocketCommand, state: DocketState, context: DocketContext): Decision => {
  const { now, actor } = context;
  const claimOf = ({ data }: { data: { dealId: string } }) => findClaim(state, data.dealId);
  const neutral = (
    decision: BarredDecision,
    named: { data: { dealId: string } },
    decided: (claim: Claim) => Decision,
  ): Decision => asNeutral(decision, decided(claimOf(named)), claimOf(named), state, context);
  const stated = (facts: Decision, accountId = state.subject?.accountId): Decision =>
    asStated(facts, accountId, state, context);
  switch (command.type) {
    case 'FileClaim':
      return fileClaim(command, state, context);
    case 'HandInDocument':
      return handInDocument(command, claimOf(command));
    case 'WithdrawClaim':
      return withdraw(command, claimOf(command));
    case 'ReleaseClaim':
      return release(command, claimOf(command));
    case 'AmendClaim':
      return amend(command, claimOf(command), state, context);
    case 'ApproveAmendment':
      return neutral('amendment', command, (claim) => approveAmendment(command, claim));
    case 'RejectAmendment':
      return neutral('amendment', command, (claim) => rejectAmendment(command, claim));
    case 'ReconfirmClaim':
      return reconfirm(command, claimOf(command), context);
    case 'DeclineOffer':
      return decline(command, claimOf(command));
    case 'ConfirmInterest':
      return confirmInterest(claimOf(command), now);
    case 'RecordTouch':
      return recordTouch(command, claimOf(command), state, now);
    case 'DecideByRule':
      return decideByRule(command, claimOf(command), partnerOf(context), now);
    case 'PickUpReview':
      return neutral('pick-up', command, (claim) => pickUp(command, claim, actor));
    case 'AskQuestion':
      return neutral('question', command, (claim) => ask(command, claim));
    case 'AnswerQuestion':
      return answer(command, claimOf(command), state, context);
    case 'ApproveClaim':
      return neutral('approval', command, (claim) => approve(command, claim, now));
    case 'RejectClaim':
      return neutral('rejection', command, (claim) => reject(command, claim));
    case 'ReportWin':
      return reportWin(command, claimOf(command), state, now);
    case 'ReportLoss':
      return reportLoss(command, claimOf(command));
    case 'ConfirmWin':
      return neutral('win-confirmation', command, (claim) => confirmWin(command, claim, state));
    case 'RefuseWin':
      return neutral('win-refusal', command, (claim) => refuseWin(command, claim));
    case 'OpenDirectOpportunity':
      return stated(openOpportunity(command, state, context), command.data.accountId);
    case 'CloseDirectOpportunity':
      return stated(closeOpportunity(command, state));
    case 'RecordDirectTouch':
      return stated(recordDirectTouch(command, state, now));
    case 'PublishTender':
      return stated(publishTender(command, state), command.data.accountId);
    case 'CloseTender':
      return stated(closeTender(command, state));
    case 'StartClock':
      return startClock(command, claimOf(command));
    case 'SettleDocket':
      return [];
    default:
      return unreachable(command);
  }
};

const findClaim = ({ claims }: DocketState, dealId: string): Claim => {
  const claim = claims.find((candidate) => candidate.dealId === dealId);
  if (claim) return claim;
  throw claimNotFound();
};
