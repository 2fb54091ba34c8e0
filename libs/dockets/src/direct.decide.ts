import { type Instant, Refusal, reasonOf } from '@tempore/kernel';

import type { DirectOpportunity } from './direct.state';
import type {
  CloseDirectOpportunity,
  CloseTender,
  OpenDirectOpportunity,
  PublishTender,
  RecordDirectTouch,
} from './docket.commands';
import type { DocketContext } from './docket.context';
import type { DocketEvent } from './docket.events';
import { referenceOf } from './docket.refusals';
import type { DocketState } from './docket.state';
import { expectPast, sameTouch } from './queue.decide';
import { isProgress } from './touch';

type Decision = readonly DocketEvent[];

/** Throws `LINE_CLOSED`, as a filing would, or `OPPORTUNITY_EXISTS`. */
export const openOpportunity = (
  { data }: OpenDirectOpportunity,
  state: DocketState,
  { closedLine }: Pick<DocketContext, 'closedLine'>,
): Decision => {
  const reason = reasonOf(data.reason);
  const known = state.opportunities.find(({ opportunityId }) => opportunityId === data.opportunityId);
  if (!known && closedLine) throw closedLine;
  if (!known) return [{ type: 'direct-opportunity-opened', data: { ...data, reason } }];
  if (!known.closed && known.reason === reason) return [];
  throw known.closed
    ? closed()
    : new Refusal('OPPORTUNITY_EXISTS', 'conflict', 'This opportunity was opened before, for another reason.', {
        remedy: 'Go on with it, or open one of its own.',
      });
};

export const closeOpportunity = ({ data }: CloseDirectOpportunity, state: DocketState): Decision => {
  const reason = reasonOf(data.reason);
  const known = opportunityOf(state, data.opportunityId);
  if (!known.closed) return [{ type: 'direct-opportunity-closed', data: { ...data, reason } }];
  if (known.closed.reason === reason) return [];
  throw closed();
};

/** Counts by when it is recorded, as a partner's does. */
export const recordDirectTouch = (
  { data: { opportunityId, touch } }: RecordDirectTouch,
  state: DocketState,
  now: Instant,
): Decision => {
  const opportunity = opportunityOf(state, opportunityId);
  const known = opportunity.touches.find((recorded) => recorded.touch.touchId === touch.touchId);
  if (known) return sameTouch({ touch: known.touch }, { touch });
  if (opportunity.closed) throw closed();
  expectPast(touch, now);
  const data = { opportunityId, touch, progress: isProgress(touch) };
  return [{ type: 'direct-touch-recorded', data, occurredAt: touch.happenedAt }];
};

export const publishTender = ({ data }: PublishTender, state: DocketState): Decision => {
  const reason = reasonOf(data.reason);
  const reference = referenceOf(data.reference);
  const known = state.tenders.find((tender) => tender.reference === reference);
  if (!known) return [{ type: 'tender-published', data: { ...data, reference, reason } }];
  if (known.publishedAt === data.publishedAt && !known.closed) return [];
  throw new Refusal('TENDER_EXISTS', 'conflict', 'This tender is on record, with another date or closed.', {
    remedy: 'Close it where it was recorded in error, and record it under a reference of its own.',
    facts: { publishedAt: known.publishedAt },
  });
};

export const closeTender = ({ data }: CloseTender, state: DocketState): Decision => {
  const reason = reasonOf(data.reason);
  const known = state.tenders.find((tender) => tender.reference === data.reference.trim());
  if (!known) throw new Refusal('TENDER_NOT_FOUND', 'not-found', 'There is no such tender on this docket.');
  return known.closed ? [] : [{ type: 'tender-closed', data: { reference: known.reference, reason } }];
};

const opportunityOf = ({ opportunities }: DocketState, id: string): DirectOpportunity => {
  const known = opportunities.find(({ opportunityId }) => opportunityId === id);
  if (known) return known;
  throw new Refusal('OPPORTUNITY_NOT_FOUND', 'not-found', 'There is no such opportunity on this docket.', {
    remedy: 'Open the opportunity first.',
  });
};

const closed = () =>
  new Refusal('OPPORTUNITY_CLOSED', 'conflict', 'This opportunity is closed.', { remedy: 'Open one of its own.' });
