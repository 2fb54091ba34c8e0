import { contentRef, type DealContent, type DealEvent } from '@tempore/deals';
import { deriveId, parseDay, parseInstant } from '@tempore/kernel';

import { accountId, aDocument, aPerson, aStanding, productLine, usd } from './dockets';
import type { Happened } from './fold';

/** A deal with everything that a filing needs. */
export const aContent = (content: Partial<DealContent> = {}): DealContent => ({
  customer: {
    legalName: 'Contoso AG',
    country: 'CH',
    domain: 'contoso.com',
    registryNumber: null,
    address: 'Bahnhofstrasse 1, Bern',
    website: 'https://www.contoso.com',
  },
  contacts: [{ person: aPerson(), consentedOn: parseDay('2026-02-20') }],
  productLine,
  type: 'new',
  value: { oneTime: usd(15_000), annualRecurring: usd(60_000), termMonths: 36 },
  estimatedClose: parseDay('2026-05-29'),
  businessProblem: 'Branches lose orders when the line is down',
  firstTouch: {
    kind: 'meeting',
    at: parseInstant('2026-02-20T10:00:00.000Z'),
    counterpart: aPerson(),
    document: aDocument(),
  },
  site: null,
  projectReference: null,
  ownReference: 'NW-2026-017',
  evidence: [],
  ...content,
});

/** The id of the event in which a history states its content. */
export const contentEventId = deriveId('event', 'drafted');

/** Histories of deals that are registered here, each as the events that lead there. */
export const draftedDeal = (content: Partial<DealContent> = {}): readonly Happened<DealEvent>[] => [
  {
    type: 'deal-drafted',
    data: { partnerId: aStanding('northwind').partnerId, content: aContent(content) },
    recorded: { id: contentEventId },
  },
];

export const filedDeal = (content: Partial<DealContent> = {}): readonly Happened<DealEvent>[] => [
  ...draftedDeal(content),
  {
    type: 'deal-submitted',
    data: {
      docketId: deriveId('docket', accountId, productLine),
      accountId,
      content: contentRef(contentEventId, aContent(content)),
    },
  },
];

export const endedDeal = (content: Partial<DealContent> = {}): readonly Happened<DealEvent>[] => [
  ...filedDeal(content),
  { type: 'deal-ended', data: { as: 'superseded' } },
];
