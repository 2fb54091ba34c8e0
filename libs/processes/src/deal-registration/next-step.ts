import type { DealEnd, DealState, RecordSubmission } from '@tempore/deals';
import type { Claim, DocketState } from '@tempore/dockets';

/** A deal that was filed, and the docket that it stands on. */
export interface Registration {
  readonly dealId: string;
  readonly docketId: string;
}

/** Everything that a registration needs to know of the log: its two streams, as they are now. */
export interface SeenRegistration {
  readonly deal: DealState;
  readonly docket: DocketState;
}

export type RegistrationStep =
  /** The docket has the claim, and the deal does not know it yet. */
  | { readonly do: 'record-submission'; readonly submission: RecordSubmission['data'] }
  /** No rule and no person has looked at the claim yet. */
  | { readonly do: 'decide-by-rule' }
  /** The claim ended, and the deal does not know it yet. */
  | { readonly do: 'end-deal'; readonly as: DealEnd }
  /** Nothing is left to do before something else happens on the docket. */
  | { readonly do: 'wait' };

/**
 * What follows from where a claim stands. The docket decides, and the deal takes note: nothing about who was first or
 * who holds depends on these steps, so whatever a crash leaves out is made up for by asking again.
 */
export const nextRegistrationStep = (
  { dealId, docketId }: Registration,
  { deal, docket: { claims, subject } }: SeenRegistration,
): RegistrationStep => {
  const claim = claims.find((candidate) => candidate.dealId === dealId);
  if (!claim || !subject) return { do: 'wait' };
  if (deal.status === 'draft')
    return { do: 'record-submission', submission: { docketId, accountId: subject.accountId, content: claim.filed } };
  if (claim.state.status === 'submitted' && !claim.state.referred) return { do: 'decide-by-rule' };
  const end = endOf(claim);
  return end && deal.status === 'filed' ? { do: 'end-deal', as: end } : { do: 'wait' };
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
