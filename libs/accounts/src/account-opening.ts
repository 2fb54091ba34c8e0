import { nameOf, Refusal } from '@tempore/kernel';
import isCountry from 'validator/lib/isISO31661Alpha2';

import type { AccountOpening } from './account.events';
import { inClaimOrder } from './account-keys';

/**
 * Brings an opening into normal form: keys once each and in the order of claiming. Throws `COUNTRY_UNKNOWN`,
 * `ACCOUNT_NAME_MISSING`, or `ACCOUNT_WITHOUT_IDENTITY` where neither a key nor a source says who is meant.
 */
export const openingOf = (opening: AccountOpening): AccountOpening => {
  const { source } = opening;
  const legalName = accountNameOf('legalName', opening.legalName);
  const country = opening.country?.toUpperCase() ?? null;
  const keys = inClaimOrder(opening.keys);
  if (country !== null && !isCountry(country))
    throw new Refusal('COUNTRY_UNKNOWN', 'invalid', `country "${country}" is not a country of ISO 3166-1.`, {
      remedy: 'Give the two-letter code, such as DE, or leave the country out.',
    });
  if (keys.length === 0 && source === null)
    throw new Refusal('ACCOUNT_WITHOUT_IDENTITY', 'invalid', 'Nothing says which customer is meant.', {
      remedy: 'Give a registry number or a domain of the customer; an import gives the source and its name there.',
    });
  return { legalName, country, keys, source };
};

/** A name of a customer without the space around it. Throws `ACCOUNT_NAME_MISSING`. */
export const accountNameOf = (field: string, text: string): string =>
  nameOf(
    text,
    (fault) =>
      new Refusal('ACCOUNT_NAME_MISSING', 'invalid', `${field} ${fault}.`, { remedy: 'Give a name of the customer.' }),
  );
