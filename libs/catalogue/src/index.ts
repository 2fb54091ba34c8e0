import { ACCESS, accessEvents } from '@messages/access';
import { ACCOUNT, ACCOUNT_KEY, accountEvents, accountKeyEvents } from '@messages/accounts';
import { CLOCK, clockEvents } from '@messages/clock';
import { DEAL, dealEvents } from '@messages/deals';
import { AVAILABILITY, availabilityEvents, DOCKET, docketEvents } from '@messages/dockets';
import { DOCUMENT, documentEvents } from '@messages/documents';
import { catalogueOf, type EventDefinition } from '@tempore/kernel';
import { NOTICE, noticeEvents } from '@messages/notices';
import { PARTNER, partnerEvents } from '@messages/partners';
import { PERSON, personEvents } from '@messages/people';
import { PRINCIPAL, principalEvents } from '@messages/principals';
import {
  LINES,
  linesEvents,
  POLICY,
  policyEvents,
  RATES,
  ratesEvents,
  VISIBILITY,
  visibilityEvents,
} from '@messages/programme';

/** Every kind of stream of the product, with the events that stand in it. */
export const eventsByCategory: Readonly<Record<string, readonly EventDefinition[]>> = {
  [POLICY]: policyEvents,
  [RATES]: ratesEvents,
  [LINES]: linesEvents,
  [PARTNER]: partnerEvents,
  [ACCOUNT_KEY]: accountKeyEvents,
  [ACCOUNT]: accountEvents,
  [DEAL]: dealEvents,
  [DOCKET]: docketEvents,
  [AVAILABILITY]: availabilityEvents,
  [PRINCIPAL]: principalEvents,
  [PERSON]: personEvents,
  [DOCUMENT]: documentEvents,
  [NOTICE]: noticeEvents,
  [CLOCK]: clockEvents,
  [VISIBILITY]: visibilityEvents,
  [ACCESS]: accessEvents,
};

/** The kinds of stream that today's code knows. A log may hold more: who wants all of it follows `everything`. */
export const categories: readonly string[] = Object.keys(eventsByCategory);

/** What today's code can read: every event type of the product, by its stored name. */
export const catalogue = catalogueOf(...Object.values(eventsByCategory).flat());
