import { type Money, Refusal } from '@tempore/kernel';

import { type ContentRef, contentHash } from './content-hash';
import type { DealContent, DealType, DealValue } from './deal.content';
import { type DealState, lastOf, type Statement } from './deal.state';

/** What a filing needs of a deal. */
export interface Submission {
  readonly partnerId: string;
  readonly content: ContentRef;
  readonly customer: DealContent['customer'] & { readonly legalName: string; readonly country: string };
  readonly productLine: string;
  readonly site: string | null;
  readonly dealType: DealType;
  /** One-time and first-year recurring. */
  readonly amounts: readonly Money[];
}

/** Every field without which a deal cannot be filed, in the order of the form (rulebook 3, complete). */
export const missingFields = ({ customer, contacts, value, firstTouch, ...rest }: DealContent): readonly string[] => {
  const needed: Readonly<Record<string, unknown>> = {
    'customer.legalName': customer.legalName,
    'customer.country': customer.country,
    'customer.domain or customer.registryNumber': customer.domain ?? customer.registryNumber,
    'contacts (somebody named, with consent)': contacts.find(
      ({ person, consentedOn }) => person.fields.name && consentedOn,
    ),
    productLine: rest.productLine,
    type: rest.type,
    'value.oneTime or value.annualRecurring': value.oneTime ?? value.annualRecurring,
    'value.termMonths': value.annualRecurring ? value.termMonths : 'not needed',
    estimatedClose: rest.estimatedClose,
    businessProblem: rest.businessProblem,
    'firstTouch.kind': firstTouch.kind,
    'firstTouch.at': firstTouch.at,
    'firstTouch.counterpart': firstTouch.counterpart?.fields.name,
    'firstTouch.document': firstTouch.document,
  };
  return Object.entries(needed).flatMap(([field, given]) => (given === null || given === undefined ? [field] : []));
};

/** What is to be filed of a deal, or was. Throws `DEAL_INCOMPLETE` with every missing field, or `DEAL_NOT_FOUND`. */
export const submissionOf = (state: DealState): Submission => {
  switch (state.status) {
    case 'draft':
      return submission(state.partnerId, lastOf(state.statements));
    case 'filed':
    case 'ended':
      return submission(state.partnerId, state.filed);
    case 'none':
    case 'legacy':
      throw new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal to file.');
  }
};

/** Throws `DEAL_INCOMPLETE` with every missing field. */
export const expectComplete = (content: DealContent): void => {
  const missing = missingFields(content);
  if (missing.length > 0) throw incomplete(missing);
};

const submission = (partnerId: string, { eventId, content }: Statement): Submission => {
  const { customer, productLine, site, type: dealType, value } = content;
  const { legalName, country } = customer;
  const missing = missingFields(content);
  if (missing.length > 0 || legalName === null || country === null || productLine === null || dealType === null)
    throw incomplete(missing);
  return {
    partnerId,
    content: { eventId, hash: contentHash(content) },
    customer: { ...customer, legalName, country },
    productLine,
    site,
    dealType,
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

const incomplete = (missing: readonly string[]) =>
  new Refusal('DEAL_INCOMPLETE', 'conflict', `The deal is not complete. Missing: ${missing.join(', ')}.`, {
    remedy: 'Give every field that is named, and submit again: until then the deal holds no place.',
    facts: { missing },
  });
