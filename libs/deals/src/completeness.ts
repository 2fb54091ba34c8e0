import type { SealedPerson } from '@messages/people';
import { Refusal } from '@tempore/kernel';

import type { Contact, DealContent, LawfulBasis } from './deal.content';

/** Whether what shows the first touch is due with the filing, and not later (rulebook 3, complete). */
export interface Due {
  readonly document: boolean;
}

/** Every field without which a deal cannot be filed, in the order of the form (rulebook 3, complete). */
export const missingFields = (
  { customer, contacts, value, firstTouch, ...rest }: DealContent,
  due: Due = { document: false },
): readonly string[] => {
  const needed: Readonly<Record<string, unknown>> = {
    'customer.legalName': customer.legalName,
    'customer.country': customer.country,
    'customer.domain or customer.registryNumber': customer.domain ?? customer.registryNumber,
    'contacts (somebody named, with a lawful basis)': contacts.find(
      (contact) => contact.person.fields.name && lawfulBasisOf(contact),
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
    'firstTouch.document': due.document ? firstTouch.document : 'not needed yet',
  };
  return Object.entries(needed).flatMap(([field, given]) => (given === null || given === undefined ? [field] : []));
};

/** The content as it counts when people were forgotten: of them nobody knows any more who was meant. */
export const withoutForgotten = (content: DealContent, forgotten: ReadonlySet<string>): DealContent => {
  const { contacts, firstTouch } = content;
  const isForgotten = ({ personId }: SealedPerson) => forgotten.has(personId);
  const { counterpart } = firstTouch;
  return {
    ...content,
    contacts: contacts.filter(({ person }) => !isForgotten(person)),
    firstTouch: { ...firstTouch, counterpart: counterpart && isForgotten(counterpart) ? null : counterpart },
  };
};

/** On what basis somebody is named; null where nobody said, or where a consent has no day. */
export const lawfulBasisOf = ({ basis, consentedOn }: Contact): LawfulBasis | null => {
  if (basis && basis !== 'consent') return basis;
  return consentedOn === null ? null : 'consent';
};

/** Throws `DEAL_INCOMPLETE` with every missing field. */
export const expectComplete = (content: DealContent): void => {
  const missing = missingFields(content);
  if (missing.length > 0) throw incomplete(missing);
};

export const incomplete = (missing: readonly string[]) =>
  new Refusal('DEAL_INCOMPLETE', 'conflict', `The deal is not complete. Missing: ${missing.join(', ')}.`, {
    remedy: 'Give every field that is named, and submit again: until then the deal holds no place.',
    facts: { missing },
  });
