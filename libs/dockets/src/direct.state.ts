import { type EventOf, type Instant, type Recorded, unreachable } from '@tempore/kernel';

import { directEvents } from './direct.events';
import type { DocketEvent } from './docket.events';
import type { Touch } from './touch';

interface DirectTouch {
  readonly eventId: string;
  readonly touch: Touch;
  readonly progress: boolean;
  readonly recordedAt: Instant;
}

/** A sale that the vendor's own team pursues. */
export interface DirectOpportunity {
  readonly opportunityId: string;
  readonly reason: string;
  readonly closed: { readonly reason: string } | null;
  readonly touches: readonly DirectTouch[];
}

export interface Tender {
  readonly eventId: string;
  readonly reference: string;
  readonly publishedAt: Instant;
  readonly reason: string;
  readonly closed: { readonly reason: string } | null;
}

/** What the vendor put on the docket. */
export interface DirectState {
  /** What it is the docket of; null before the first fact. */
  readonly subject: { readonly accountId: string; readonly productLine: string } | null;
  readonly opportunities: readonly DirectOpportunity[];
  readonly tenders: readonly Tender[];
}

export const nothingDirect: DirectState = { subject: null, opportunities: [], tenders: [] };

type DirectEvent = EventOf<typeof directEvents>;

export const isDirect = (event: DocketEvent): event is DirectEvent =>
  directEvents.some(({ type }) => type === event.type);

export const evolveDirect = (state: DirectState, event: DirectEvent, { id, recordedAt }: Recorded): DirectState => {
  switch (event.type) {
    case 'direct-opportunity-opened': {
      const { accountId, productLine, opportunityId, reason } = event.data;
      if (state.opportunities.some((known) => known.opportunityId === opportunityId)) return state;
      const opened = { opportunityId, reason, closed: null, touches: [] };
      const subject = state.subject ?? { accountId, productLine };
      return { ...state, subject, opportunities: [...state.opportunities, opened] };
    }
    case 'direct-opportunity-closed':
      return withOpportunity(state, event.data.opportunityId, (known) => ({
        ...known,
        closed: known.closed ?? { reason: event.data.reason },
      }));
    case 'direct-touch-recorded': {
      const { touch, progress } = event.data;
      return withOpportunity(state, event.data.opportunityId, (known) => ({
        ...known,
        touches: [...known.touches, { eventId: id, touch, progress, recordedAt }],
      }));
    }
    case 'tender-published': {
      const { accountId, productLine, reference, publishedAt, reason } = event.data;
      const published = { eventId: id, reference, publishedAt, reason, closed: null };
      const subject = state.subject ?? { accountId, productLine };
      return { ...state, subject, tenders: [...state.tenders, published] };
    }
    case 'tender-closed': {
      const { reference, reason } = event.data;
      const tenders = state.tenders.map((known) =>
        known.reference === reference ? { ...known, closed: known.closed ?? { reason } } : known,
      );
      return { ...state, tenders };
    }
    default:
      return unreachable(event);
  }
};

const withOpportunity = (
  state: DirectState,
  opportunityId: string,
  change: (known: DirectOpportunity) => DirectOpportunity,
): DirectState => ({
  ...state,
  opportunities: state.opportunities.map((known) => (known.opportunityId === opportunityId ? change(known) : known)),
});
