import { Refusal } from '@tempore/kernel';
import isCountry from 'validator/lib/isISO31661Alpha2';

import type { KnownPartnerState, PartnerState } from './partner.state';

export const notFound = (): Refusal => new Refusal('PARTNER_NOT_FOUND', 'not-found', 'There is no such partner.');

export const notApproved = (): Refusal =>
  new Refusal('PARTNER_NOT_APPROVED', 'conflict', 'The partner has applied and is not approved.', {
    remedy: 'Approve the partner first.',
  });

export const suspended = (reason: string): Refusal =>
  new Refusal('PARTNER_SUSPENDED', 'conflict', `The partner is suspended: ${reason}`, {
    remedy: 'Reactivate the partner first.',
  });

export const ended = (): Refusal =>
  new Refusal('PARTNER_ENDED', 'conflict', 'The agreement with this partner has ended.', {
    remedy: 'An organisation that comes back applies as a new partner.',
  });

/** A partner of which facts may still change. Throws `PARTNER_NOT_FOUND` or `PARTNER_ENDED`. */
export const expectOngoing = (state: PartnerState): Exclude<KnownPartnerState, { status: 'ended' }> => {
  if (state.status === 'none') throw notFound();
  if (state.status === 'ended') throw ended();
  return state;
};

export const textMissing = (field: string) => (fault: string) =>
  new Refusal('PARTNER_TEXT_MISSING', 'invalid', `${field} ${fault}.`, { remedy: `Give ${field} in words.` });

/** In capitals. Throws `COUNTRY_UNKNOWN`. */
export const countryOf = (country: string): string => {
  if (isCountry(country)) return country.toUpperCase();
  throw new Refusal('COUNTRY_UNKNOWN', 'invalid', `country "${country}" is not a country of ISO 3166-1.`, {
    remedy: 'Give the two-letter code, such as DE.',
  });
};
