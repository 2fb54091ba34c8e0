import { isDeepStrictEqual } from 'node:util';

import { Refusal } from '@tempore/kernel';
import { getDomain } from 'tldts';

import { expectAmendable } from './amendable';
import { type ContentField, contentFields, type DealContent } from './deal.content';

/** The fields in which two contents differ. */
export const changedFields = (before: DealContent, after: DealContent): readonly ContentField[] =>
  contentFields.filter((field) => !isDeepStrictEqual(valueAt(before, field), valueAt(after, field)));

/**
 * What an amendment changes. Throws `FIELD_NOT_AMENDABLE` with every field that is not open, `CONTENT_REPLACED` where a
 * contact or a piece of evidence is gone, or `WEBSITE_ELSEWHERE` (rulebook 3, whitelist).
 */
export const amendmentOf = (
  before: DealContent,
  after: DealContent,
  open: readonly ContentField[],
): readonly ContentField[] => {
  const changed = changedFields(before, after);
  expectAmendable(changed, open);
  expectGrown(before, after);
  if (changed.includes('customer.website')) expectSameDomain(before, after);
  return changed;
};

/** What was never asked for and what was left open are the same. */
const valueAt = (content: DealContent, field: ContentField): unknown =>
  field.split('.').reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>>)[name], content) ??
  null;

const expectGrown = (before: DealContent, after: DealContent): void => {
  const isKept = <T>(list: readonly T[], known: T) => list.some((each) => isDeepStrictEqual(each, known));
  const fields = [
    ...(before.contacts.every((contact) => isKept(after.contacts, contact)) ? [] : ['contacts']),
    ...(before.evidence.every((document) => isKept(after.evidence, document)) ? [] : ['evidence']),
    ...(before.firstTouch.document !== null && after.firstTouch.document === null ? ['firstTouch.document'] : []),
  ];
  if (fields.length === 0) return;
  throw new Refusal(
    'CONTENT_REPLACED',
    'conflict',
    `${fields.join(' and ')} may be added to, and nothing taken away.`,
    {
      remedy: 'Send everything that was filed, with what is new behind it.',
      facts: { fields },
    },
  );
};

const expectSameDomain = ({ customer }: DealContent, after: DealContent): void => {
  const { website } = after.customer;
  const domain = domainOf(customer.domain ?? customer.website);
  if (website === null || domain === null || domainOf(website) === domain) return;
  throw new Refusal('WEBSITE_ELSEWHERE', 'conflict', `customer.website "${website}" is not within ${domain}.`, {
    remedy: 'Give an address within the customer’s domain; another domain is another customer.',
    facts: { domain },
  });
};

const domainOf = (address: string | null): string | null =>
  address === null ? null : getDomain(address, { allowPrivateDomains: true });
