import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';

import { Refusal } from '@tempore/kernel';
import { isFree } from 'freemail';
import { getDomain } from 'tldts';
import isCountry from 'validator/lib/isISO31661Alpha2';

import type { AccountKey } from './account.events';

/**
 * The key of an entry in a country's register of companies. Case, spaces and punctuation do not count: `HRB 12345` and
 * `hrb-12345` are one. Throws `COUNTRY_UNKNOWN` or `REGISTRY_NUMBER_INVALID`.
 */
export const registryKey = (country: string, number: string): AccountKey => {
  if (!isCountry(country))
    throw new Refusal('COUNTRY_UNKNOWN', 'invalid', `country "${country}" is not a country of ISO 3166-1.`, {
      remedy: 'Give the two-letter code, such as DE.',
    });
  const plain = number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  if (!/\p{N}/u.test(plain))
    throw new Refusal('REGISTRY_NUMBER_INVALID', 'invalid', `registry number "${number}" has no digit.`, {
      remedy: 'Give the number as the register writes it, such as HRB 12345.',
    });
  return { kind: 'registry', value: `${country.toUpperCase()}:${plain}` };
};

/**
 * The key of the registrable domain of an address, by the public suffix list with its private section: what stands on
 * `contoso.github.io` is not GitHub's. Throws `DOMAIN_INVALID` or `DOMAIN_IS_FREE_MAIL`.
 */
export const domainKey = (address: string): AccountKey => {
  const domain = domainToASCII(getDomain(address.trim(), { allowPrivateDomains: true }) ?? '');
  if (domain === '')
    throw new Refusal('DOMAIN_INVALID', 'invalid', `domain "${address}" is not registrable.`, {
      remedy: "Give the domain of the customer's website, such as contoso.com.",
    });
  if (isFree(`somebody@${domain}`))
    throw new Refusal('DOMAIN_IS_FREE_MAIL', 'invalid', `domain "${domain}" is open to everybody.`, {
      remedy: "Give a domain of the customer's own, or a registry number.",
      facts: { domain },
    });
  return { kind: 'domain', value: domain };
};

const textOf = ({ kind, value }: AccountKey): string => `${kind}:${value}`;

export const sameKey = (a: AccountKey, b: AccountKey): boolean => textOf(a) === textOf(b);

/** Everybody claims in the same order, so that two openings never wait for each other in a circle. */
export const inClaimOrder = (keys: readonly AccountKey[]): AccountKey[] =>
  [...new Map(keys.map((key) => [textOf(key), key]))]
    .sort(([a], [b]) => Number(a > b) - Number(a < b))
    .map(([, key]) => key);

/** Subject of the key's stream, `accountkey-<id>`: a digest, since stream names are read by many and keys by few. */
export const accountKeyId = (key: AccountKey): string => createHash('sha256').update(textOf(key)).digest('hex');
