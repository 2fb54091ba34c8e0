import { type Day, type Money, Refusal } from '@tempore/kernel';

import { changedFields } from './amendment';
import { type Due, incomplete, missingFields, withoutForgotten } from './completeness';
import { contentRef } from './content-hash';
import type { ContentRef } from './content-ref';
import type { ContentField, DealContent, DealKind, DealType, DealValue } from './deal.content';
import { type DealState, lastOf, type Statement } from './deal.state';
import { discarded } from './registration.decide';

/** What a filing needs of a deal. */
export interface Submission {
  readonly partnerId: string;
  readonly customer: DealContent['customer'] & { readonly legalName: string; readonly country: string };
  readonly productLine: string;
  readonly site: string | null;
  readonly dealType: DealType;
  /** Null where the partner's agreement says. */
  readonly kind: DealKind | null;
  readonly estimatedClose: Day;
  /** A document shows the first touch. */
  readonly documented: boolean;
  /** One-time and first-year recurring. */
  readonly amounts: readonly Money[];
}

/** What of an amended deal weighs on the docket, and what changed since the content that counts there. */
export interface Amendment {
  readonly content: ContentRef;
  readonly changed: readonly ContentField[];
  readonly kind: DealKind | null;
  readonly documented: boolean;
  readonly amounts: readonly Money[];
}

/**
 * What is to be filed of a deal, or was. `forgotten` are the people whose data was erased: one of them named is nobody
 * named. Throws `DEAL_INCOMPLETE` with every missing field, `DEAL_DISCARDED` or `DEAL_NOT_FOUND`.
 */
export const submissionOf = (state: DealState, forgotten: ReadonlySet<string>, due?: Due): Submission => {
  const { partnerId, statement } = toFile(state);
  // What was complete when it was filed stays so.
  return state.status === 'draft'
    ? submission(partnerId, statement, forgotten, due)
    : submission(partnerId, statement, NOBODY);
};

const NOBODY: ReadonlySet<string> = new Set();

/** By which statement a deal is to be filed, or was. Throws `DEAL_DISCARDED` or `DEAL_NOT_FOUND`. */
export const contentToFile = (state: DealState): ContentRef => {
  const { eventId, content } = toFile(state).statement;
  return contentRef(eventId, content);
};

const toFile = (state: DealState): { readonly partnerId: string; readonly statement: Statement } => {
  switch (state.status) {
    case 'draft':
      return { partnerId: state.partnerId, statement: lastOf(state.statements) };
    case 'filed':
    case 'ended':
      return { partnerId: state.partnerId, statement: state.statements[0] };
    case 'discarded':
      throw discarded();
    case 'none':
    case 'legacy':
      throw new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal to file.');
  }
};

/**
 * What the partner says now, beside what counts on the docket (`countingEventId` is the event of that content). Throws
 * `DEAL_NOT_FOUND` where the deal was never filed, or never said that.
 */
export const amendmentSince = (state: DealState, countingEventId: string): Amendment => {
  const statements = state.status === 'filed' || state.status === 'ended' ? state.statements : null;
  const counting = statements?.find(({ eventId }) => eventId === countingEventId);
  if (!statements || !counting) throw new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal on a docket.');
  const { eventId, content } = lastOf(statements);
  return {
    content: contentRef(eventId, content),
    changed: changedFields(counting.content, content),
    kind: content.kind ?? null,
    documented: content.firstTouch.document !== null,
    amounts: firstYearOf(content.value),
  };
};

const submission = (
  partnerId: string,
  { content }: Statement,
  forgotten: ReadonlySet<string>,
  due?: Due,
): Submission => {
  const { customer, productLine, site, type: dealType, kind = null, value, estimatedClose } = content;
  const { legalName, country } = customer;
  const missing = missingFields(withoutForgotten(content, forgotten), due);
  if (
    missing.length > 0 ||
    legalName === null ||
    country === null ||
    productLine === null ||
    dealType === null ||
    estimatedClose === null
  )
    throw incomplete(missing);
  return {
    partnerId,
    customer: { ...customer, legalName, country },
    productLine,
    site,
    dealType,
    kind,
    estimatedClose,
    documented: content.firstTouch.document !== null,
    amounts: firstYearOf(value),
  };
};

const MONTHS_PER_YEAR = 12;

/** What counts for thresholds: one-time and first-year recurring, each in its own currency (rulebook 10). */
export const firstYearOf = ({ oneTime, annualRecurring, termMonths }: DealValue): readonly Money[] => {
  const months = Math.min(termMonths ?? MONTHS_PER_YEAR, MONTHS_PER_YEAR);
  const recurring = annualRecurring && {
    ...annualRecurring,
    minorUnits: Math.round((annualRecurring.minorUnits * months) / MONTHS_PER_YEAR),
  };
  return [oneTime, recurring].filter((amount) => amount !== null);
};
