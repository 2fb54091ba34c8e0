import { addBusinessDays } from '@messages/programme';
import { type Day, type Instant, Refusal, reasonOf } from '@tempore/kernel';

import { type Claim, collides, holdsPlace, isLive } from './claim';
import type { ConfirmWin, RefuseWin, ReportLoss, ReportWin } from './docket.commands';
import type { DocketEvent } from './docket.events';
import { claimEnded, notWhereItStands } from './docket.refusals';
import type { DocketState } from './docket.state';

type Decision = readonly DocketEvent[];

/**
 * A win is the holder's to report, or of who held last where nobody else held the place after it (rulebook 5, won after
 * expiry). Throws `CLAIM_NOT_HOLDER` where somebody else has a better right: that takes more than a report.
 */
export const reportWin = ({ data }: ReportWin, claim: Claim, state: DocketState, now: Instant): Decision => {
  const { dealId, statementId, closedOn } = data;
  const { terms } = claim;
  if (claim.win?.statementId === statementId || claim.state.status === 'won') return [];
  if (!claim.win && claim.refusedWins.includes(statementId))
    throw notWhereItStands(claim, 'WIN_REFUSED', 'State the win anew, with what the vendor missed.');
  expectMayReportWin(claim, state, closedOn, now);
  const answerBy = addBusinessDays(terms.calendar, now, terms.outcomeBusinessDays);
  return [{ type: 'win-claimed', data: { dealId, statementId, closedOn, answerBy } }];
};

/** Every claim that collides with the winner's is superseded. */
export const confirmWin = ({ data: { dealId } }: ConfirmWin, claim: Claim, state: DocketState): Decision => {
  if (claim.state.status === 'won') return [];
  expectWinPending(claim);
  const superseded = state.claims.filter((other) => other !== claim && isLive(other) && collides(other, claim));
  return [
    { type: 'win-confirmed', data: { dealId } },
    ...superseded.map((other) => ({ type: 'claim-superseded' as const, data: { dealId: other.dealId } })),
  ];
};

export const refuseWin = ({ data }: RefuseWin, claim: Claim): Decision => {
  const reason = reasonOf(data.reason);
  expectWinPending(claim);
  return [{ type: 'win-refused', data: { dealId: claim.dealId, reason } }];
};

/** Against oneself a statement is enough: a loss needs no confirmation. */
export const reportLoss = ({ data }: ReportLoss, claim: Claim): Decision => {
  const { dealId, statementId } = data;
  const reason = reasonOf(data.reason);
  if (claim.state.status === 'lost') return [];
  expectMayLose(claim);
  return [{ type: 'claim-lost', data: { dealId, statementId, reason } }];
};

export const expectMayReportWin = (claim: Claim, state: DocketState, closedOn: Day, now: Instant): void => {
  if (claim.win) throw notWhereItStands(claim, 'WIN_PENDING', 'Wait for the vendor to answer the win.');
  expectMayWin(claim, state);
  if (closedOn > now.slice(0, 10))
    throw new Refusal('WIN_IN_FUTURE', 'invalid', `closedOn ${closedOn} has not come yet.`, {
      remedy: 'Report the win once the customer has ordered.',
    });
};

export const expectMayLose = (claim: Claim): void => {
  if (!isLive(claim)) throw claimEnded(claim);
};

const expectMayWin = (claim: Claim, state: DocketState): void => {
  const { status } = claim.state;
  if (status === 'approved') return;
  if (status === 'expired') {
    const successor = state.claims.some(
      (other) =>
        other !== claim && collides(other, claim) && other.heldSince !== null && other.heldSince >= claim.since,
    );
    if (successor) throw notHolder(claim);
    return;
  }
  if (!isLive(claim)) throw claimEnded(claim);
  throw holdsPlace(claim)
    ? notWhereItStands(claim, 'CLAIM_NOT_APPROVED', 'Wait until the claim is decided, then report the win.')
    : notHolder(claim);
};

const expectWinPending = (claim: Claim): void => {
  if (!claim.win) throw notWhereItStands(claim, 'NO_WIN_PENDING', 'There is no win to answer.');
};

const notHolder = (claim: Claim) =>
  notWhereItStands(claim, 'CLAIM_NOT_HOLDER', 'Have the matter opened as a dispute: the place is not yours.');
