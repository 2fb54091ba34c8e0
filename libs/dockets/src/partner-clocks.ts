import { addBusinessDays, policyVersion1 } from '@messages/programme';
import { addDays, type Instant, laterOf } from '@tempore/kernel';

import type { Claim, QueueClocks } from './claim';
import type { StartClock } from './docket.commands';
import type { DocketEvent } from './docket.events';
import type { Terms } from './terms';

/** They begin anew with the filing, with an answer, and with progress. */
export const queueClocks = ({ queueDays, queueAskDays }: Terms, from: Instant): QueueClocks => ({
  lapsesAt: addDays(from, queueDays),
  asksAt: addDays(from, queueAskDays),
});

/** When the partner is asked, by an event that put its claim in line; one from before anybody was asked says nothing. */
export const asksAtOf = (asksAt: Instant | null | undefined, from: Instant): Instant =>
  asksAt ?? addDays(from, policyVersion1.protection.queueAskDays);

/**
 * When the clock ends that an event set, were its notice to stand since an instant; null where no clock waits for that
 * notice: it runs already, or what it was for is over.
 */
export const clockEnd = (
  { state, terms, waiting }: Pick<Claim, 'state' | 'terms' | 'waiting'>,
  eventId: string,
  noticeStoodAt: Instant,
): Instant | null => {
  const waits = waiting.find((clock) => clock.eventId === eventId);
  if (!waits) return null;
  const inBusinessDays = (days: number): Instant => addBusinessDays(terms.calendar, noticeStoodAt, days);
  switch (waits.clock) {
    case 'answer':
      return state.status === 'action-required' ? inBusinessDays(state.businessDays) : null;
    case 'reconfirmation':
      return inBusinessDays(terms.reconfirmBusinessDays);
    case 'contest':
      return inBusinessDays(terms.contestBusinessDays);
    case 'document':
      return inBusinessDays(terms.firstTouchDocumentBusinessDays);
    case 'interest':
      return state.status === 'queued' ? laterOf(state.lapsesAt, inBusinessDays(terms.queueAnswerBusinessDays)) : null;
  }
};

/** Quiet where no clock waits for the notice: whoever tells twice starts it once. */
export const startClock = ({ data }: StartClock, claim: Claim): readonly DocketEvent[] => {
  const { dealId, eventId, noticeId, noticeStoodAt } = data;
  const clock = claim.waiting.find((waiting) => waiting.eventId === eventId)?.clock;
  const endsAt = clockEnd(claim, eventId, noticeStoodAt);
  if (!clock || !endsAt) return [];
  return [{ type: 'clock-started', data: { dealId, clock, eventId, noticeId, endsAt }, occurredAt: noticeStoodAt }];
};
