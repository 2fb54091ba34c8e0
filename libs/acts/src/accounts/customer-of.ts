import { type AccountKey, type AccountOpening, domainKey, openingOf, registryKey } from '@tempore/accounts';
import type { Submission } from '@tempore/deals';

/** The customer of a submission as it is opened where it is not known yet: under its own keys. */
export const customerOf = ({ customer }: Submission): AccountOpening => {
  const { legalName, country, domain, registryNumber } = customer;
  const keys: AccountKey[] = [];
  if (domain !== null) keys.push(domainKey(domain));
  if (registryNumber !== null) keys.push(registryKey(country, registryNumber));
  return openingOf({ legalName, country, keys, source: null });
};
