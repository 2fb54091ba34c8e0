import { addBusinessDays, policyVersion1 } from '@messages/programme';
import { addDays, type Instant, laterOf } from '@tempore/kernel';

import type { Terms } from './terms';

/**
 * By when what shows the first touch is due that did not come with the filing. It is counted from the filing, whose
 * notice is written at once.
 */
export const documentDue = ({ calendar, firstTouchDocumentBusinessDays }: Terms, filedAt: Instant): Instant =>
  addBusinessDays(calendar, filedAt, firstTouchDocumentBusinessDays);

/** When a claim in line lapses where nobody answers, and when its partner is asked next. */
export interface QueueClocks {
  readonly lapsesAt: Instant;
  readonly asksAt: Instant;
}

/** They begin anew with the filing, with an answer, and with progress. */
export const queueClocks = ({ queueDays, queueAskDays }: Terms, from: Instant): QueueClocks => ({
  lapsesAt: addDays(from, queueDays),
  asksAt: addDays(from, queueAskDays),
});

/** When the partner is asked, by an event that put its claim in line; one from before anybody was asked says nothing. */
export const asksAtOf = (asksAt: Instant | null | undefined, from: Instant): Instant =>
  asksAt ?? addDays(from, policyVersion1.protection.queueAskDays);

/**
 * After an asking that is written now: one at least has stood for its business days before the claim lapses. The asking
 * stands in the inbox from its writing on.
 */
export const clocksAfterAsking = (
  { lapsesAt, asked }: { readonly lapsesAt: Instant; readonly asked: Instant | null },
  { calendar, queueAskDays, queueAnswerBusinessDays }: Terms,
  now: Instant,
): QueueClocks => ({
  lapsesAt: asked === null ? laterOf(lapsesAt, addBusinessDays(calendar, now, queueAnswerBusinessDays)) : lapsesAt,
  asksAt: addDays(now, queueAskDays),
});
