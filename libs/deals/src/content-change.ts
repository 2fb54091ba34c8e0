import type { Contact, DealContent, DocumentRef } from './deal.content';

type Lists = 'contacts' | 'evidence';
type Parts = 'customer' | 'firstTouch';

/** What a partner says anew: whatever is absent stays as it was, null takes it back. */
export type ContentChange = Partial<Omit<DealContent, Lists | Parts>> & {
  readonly customer?: Partial<DealContent['customer']>;
  readonly firstTouch?: Partial<DealContent['firstTouch']>;
  readonly contacts?: readonly Contact[];
  readonly evidence?: readonly DocumentRef[];
};

/** A deal of which nothing was said yet. */
export const emptyContent: DealContent = {
  customer: { legalName: null, country: null, domain: null, registryNumber: null, address: null, website: null },
  contacts: [],
  productLine: null,
  type: null,
  value: { oneTime: null, annualRecurring: null, termMonths: null },
  estimatedClose: null,
  businessProblem: null,
  firstTouch: { kind: null, at: null, counterpart: null, document: null },
  site: null,
  projectReference: null,
  ownReference: null,
  evidence: [],
};

/** A draft is the partner's own: a list that is given replaces the one before. */
export const redrafted = (before: DealContent, change: ContentChange): DealContent => ({
  ...merged(before, change),
  contacts: [...(change.contacts ?? before.contacts)],
  evidence: [...(change.evidence ?? before.evidence)],
});

/** What was filed may be added to, and nothing of it taken away (rulebook 3, whitelist). */
export const addedTo = (before: DealContent, change: ContentChange): DealContent => ({
  ...merged(before, change),
  contacts: [...before.contacts, ...(change.contacts ?? [])],
  evidence: [...before.evidence, ...(change.evidence ?? [])],
});

const merged = (before: DealContent, change: ContentChange): DealContent => ({
  ...before,
  ...change,
  customer: { ...before.customer, ...change.customer },
  firstTouch: { ...before.firstTouch, ...change.firstTouch },
  contacts: before.contacts,
  evidence: before.evidence,
});
