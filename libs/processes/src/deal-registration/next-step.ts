import type { AccountState, CustomerTerm } from '@tempore/accounts';
import {
  type Amendment,
  amendmentSince,
  type DealEnd,
  type DealState,
  type RecordSubmission,
  whitelist,
} from '@tempore/deals';
import type { Claim, DocketState } from '@tempore/dockets';
import { type Day, monthsAfter, startOfDay } from '@tempore/kernel';

/** A deal that was filed, and the docket that it stands on. */
export interface Registration {
  readonly dealId: string;
  readonly docketId: string;
}

/** Everything that a registration needs to know of the log: its two streams, as they are now. */
export interface SeenRegistration {
  readonly deal: DealState;
  readonly docket: DocketState;
  /** The customer, where the claim is won; null where it is not. */
  readonly account: AccountState | null;
}

export type RegistrationStep =
  /** The docket has the claim, and the deal does not know it yet. */
  | { readonly do: 'record-submission'; readonly submission: RecordSubmission['data'] }
  /** No rule and no person has looked at the claim yet. */
  | { readonly do: 'decide-by-rule' }
  /** The claim was won, and the customer's stream does not know that it has the line. */
  | { readonly do: 'record-customer'; readonly accountId: string; readonly term: CustomerTerm }
  /** The claim ended, and the deal does not know it yet. */
  | { readonly do: 'end-deal'; readonly as: DealEnd }
  /** The partner answered the reviewer, and the docket does not know it yet. */
  | { readonly do: 'answer-question'; readonly amendment: Amendment }
  /** The partner changed something that weighs, and the docket does not know it yet. */
  | { readonly do: 'amend-claim'; readonly amendment: Amendment }
  /** The partner said how the sale ended, and the docket does not know it yet. */
  | { readonly do: 'report-win'; readonly statementId: string; readonly closedOn: Day }
  | { readonly do: 'report-loss'; readonly statementId: string; readonly reason: string }
  /** Nothing is left to do before something else happens on the docket. */
  | { readonly do: 'wait' };

/**
 * What follows from where a claim stands. The docket decides, and the deal takes note; what the partner says of a filed
 * deal is laid before the docket. Nothing about who was first or who holds depends on these steps, so whatever a crash
 * leaves out is made up for by asking again.
 */
export const nextRegistrationStep = (
  { dealId, docketId }: Registration,
  { deal, docket: { claims, subject }, account }: SeenRegistration,
): RegistrationStep => {
  const claim = claims.find((candidate) => candidate.dealId === dealId);
  if (!claim || !subject) return { do: 'wait' };
  if (deal.status === 'draft' || deal.status === 'discarded')
    return { do: 'record-submission', submission: { docketId, accountId: subject.accountId, content: claim.filed } };
  if (claim.state.status === 'submitted' && !claim.state.referred) return { do: 'decide-by-rule' };
  const term = account && termOfWin(deal, claim, subject.productLine);
  if (term && !isKnownTo(account, term)) return { do: 'record-customer', accountId: subject.accountId, term };
  if (deal.status !== 'filed') return { do: 'wait' };
  const end = endOf(claim);
  if (end) return { do: 'end-deal', as: end };
  return amendmentOf(deal, claim) ?? outcomeOf(deal, claim) ?? { do: 'wait' };
};

/**
 * What a confirmed win makes of the customer: it has the line, from the closing day until the term that was sold ends, and
 * the winner is partner of record (rulebook 3, validity). The term goes by the id of the deal that was won.
 */
const termOfWin = (deal: DealState, claim: Claim, productLine: string): CustomerTerm | null => {
  const { wonOn, dealId, partnerId } = claim;
  if (wonOn === null || (deal.status !== 'filed' && deal.status !== 'ended')) return null;
  const from = startOfDay(wonOn);
  const sold = deal.statements.find(({ eventId }) => eventId === claim.content.eventId)?.content.value;
  const months = sold?.annualRecurring ? sold.termMonths : null;
  return {
    termId: dealId,
    productLine,
    from,
    until: months === null ? null : monthsAfter(from, months),
    partnerOfRecord: partnerId,
    reason: `The win of deal ${dealId} was confirmed`,
  };
};

const isKnownTo = (account: AccountState, { termId }: CustomerTerm): boolean =>
  account.status !== 'open' || account.facts.terms.has(termId);

type FiledDeal = Extract<DealState, { status: 'filed' }>;

/** What the partner said last, where it is an answer or weighs, and was never laid before the docket. */
const amendmentOf = (deal: FiledDeal, { content, weighed, state, questions }: Claim): RegistrationStep | null => {
  const [, ...amendments] = deal.statements;
  const last = amendments.at(-1);
  if (!last || weighed.includes(last.eventId)) return null;
  const amendment = amendmentSince(deal, content.eventId);
  if (state.status === 'action-required')
    return last.answers === questions ? { do: 'answer-question', amendment } : null;
  const weighs = amendment.changed.some((field) => whitelist.includes(field));
  return state.status === 'approved' && !state.amendment && weighs ? { do: 'amend-claim', amendment } : null;
};

const outcomeOf = ({ outcome }: FiledDeal, { win, refusedWins }: Claim): RegistrationStep | null => {
  if (!outcome) return null;
  const { eventId: statementId, claimed } = outcome;
  if (claimed.outcome === 'lost') return { do: 'report-loss', statementId, reason: claimed.reason ?? '' };
  if (win?.statementId === statementId || refusedWins.includes(statementId)) return null;
  return { do: 'report-win', statementId, closedOn: claimed.closedOn };
};

/** How the claim ended for good. One that expired did not: its sale may still be won. */
const endOf = ({ state: { status }, endedAt }: Claim): DealEnd | null => {
  if (endedAt === null) return null;
  switch (status) {
    case 'withdrawn':
    case 'released':
    case 'rejected':
    case 'lapsed':
    case 'won':
    case 'lost':
    case 'superseded':
      return status;
    case 'submitted':
    case 'queued':
    case 'offered':
    case 'in-review':
    case 'action-required':
    case 'approved':
    case 'expired':
      return null;
  }
};
