import { accountChangeAdopted, accountChangeProposed, accountChangeWithdrawn } from '@messages/accounts';
import { partnerChangeAdopted, partnerChangeProposed, partnerChangeWithdrawn } from '@messages/partners';
import { stakeChangeAdopted, stakeChangeProposed, stakeChangeWithdrawn } from '@messages/principals';
import {
  lineChangeAdopted,
  lineChangeProposed,
  lineChangeWithdrawn,
  policyAdopted,
  policyProposed,
  policyWithdrawn,
  ratesAdopted,
  ratesProposed,
  ratesWithdrawn,
} from '@messages/programme';
import { catalogueOf, categoryOf, type EventOf, type LoggedEvent, subjectOf, unreachable } from '@tempore/kernel';
import { type Change, type EventView, patch, put, type Row } from '@tempore/projections';

const TABLE = 'proposal';

const proposalEvents = [
  policyProposed,
  policyAdopted,
  policyWithdrawn,
  ratesProposed,
  ratesAdopted,
  ratesWithdrawn,
  lineChangeProposed,
  lineChangeAdopted,
  lineChangeWithdrawn,
  partnerChangeProposed,
  partnerChangeAdopted,
  partnerChangeWithdrawn,
  accountChangeProposed,
  accountChangeAdopted,
  accountChangeWithdrawn,
  stakeChangeProposed,
  stakeChangeAdopted,
  stakeChangeWithdrawn,
] as const;

type ProposalEvent = EventOf<typeof proposalEvents>;

/** Everything that one person proposed for a second one to adopt, wherever it stands in the log. */
export const proposalsView: EventView = {
  name: 'proposals',
  version: 1,
  onPoison: 'park',
  reads: catalogueOf(...proposalEvents),
  tables: [
    {
      name: TABLE,
      columns: {
        /** Category of the stream that it stands in: `partner`. */
        category: 'text not null',
        /** Whom it is about; `programme` where it is the programme itself. */
        subject: 'text not null',
        /** Of a policy its version. */
        proposal_id: 'text not null',
        change: 'jsonb not null',
        reason: 'text not null',
        status: 'text not null',
        proposed_by: 'text not null',
        proposed_at: 'timestamptz not null',
        closed_by: 'text',
        closed_at: 'timestamptz',
      },
      key: ['category', 'subject', 'proposal_id'],
      indexes: ['(status, proposed_at, category, subject, proposal_id)'],
    },
  ],
  project: (event) => [project(event as LoggedEvent<ProposalEvent>)],
};

const project = (event: LoggedEvent<ProposalEvent>): Change => {
  const { actor, recordedAt } = event.metadata;
  const at = { category: categoryOf(event.stream), subject: subjectOf(event.stream) };
  const proposed = (proposalId: string, change: Row, reason: string): Change =>
    put(TABLE, {
      ...at,
      proposal_id: proposalId,
      change,
      reason,
      status: 'open',
      proposed_by: actor,
      proposed_at: recordedAt,
      closed_by: null,
      closed_at: null,
    });
  const closed = (proposalId: string, status: 'adopted' | 'withdrawn'): Change =>
    patch(TABLE, { ...at, proposal_id: proposalId }, { status, closed_by: actor, closed_at: recordedAt });
  switch (event.type) {
    case 'policy-proposed': {
      // The policy itself is read where policies are: here it would be all there is to see.
      const { version, effectiveFrom, reason } = event.data;
      return proposed(version.toString(), { of: 'policy', version, effectiveFrom }, reason);
    }
    case 'policy-adopted':
      return closed(event.data.version.toString(), 'adopted');
    case 'policy-withdrawn':
      return closed(event.data.version.toString(), 'withdrawn');
    case 'rates-proposed':
      return proposed(event.data.proposalId, { of: 'rates', ...event.data.change }, event.data.reason);
    case 'line-change-proposed':
    case 'partner-change-proposed':
    case 'account-change-proposed':
    case 'stake-change-proposed':
      return proposed(event.data.proposalId, event.data.change, event.data.reason);
    case 'rates-adopted':
    case 'line-change-adopted':
    case 'partner-change-adopted':
    case 'account-change-adopted':
    case 'stake-change-adopted':
      return closed(event.data.proposalId, 'adopted');
    case 'rates-withdrawn':
    case 'line-change-withdrawn':
    case 'partner-change-withdrawn':
    case 'account-change-withdrawn':
    case 'stake-change-withdrawn':
      return closed(event.data.proposalId, 'withdrawn');
    default:
      return unreachable(event);
  }
};
