import { Refusal } from '@tempore/kernel';

import { type PartnerRole, partnerRoles, type Role, roles } from './principal.events';

const PARTNER_ROLES: ReadonlySet<Role> = new Set(partnerRoles);

export const isPartnerRole = (role: Role): role is PartnerRole => PARTNER_ROLES.has(role);

/**
 * Somebody acts for one partner or for the vendor, never for both: a person with a foot in each has two tokens. A
 * partner's role goes with the partner that it is for, a vendor's role with none. Throws `TOKEN_WITHOUT_ROLE`,
 * `TOKEN_ROLES_MIXED`, `TOKEN_NEEDS_PARTNER` or `TOKEN_FORBIDS_PARTNER`.
 */
export const expectRoles = (held: readonly Role[], partnerId: string | null): void => {
  const forPartner = held.filter(isPartnerRole);
  if (held.length === 0)
    throw new Refusal('TOKEN_WITHOUT_ROLE', 'invalid', 'roles names no role.', {
      remedy: `Name at least one of ${roles.join(', ')}.`,
    });
  if (forPartner.length > 0 && forPartner.length < held.length)
    throw new Refusal('TOKEN_ROLES_MIXED', 'invalid', 'roles mixes a partner with the vendor.', {
      remedy: 'Mint one token for each side.',
    });
  if (forPartner.length > 0 && partnerId === null)
    throw new Refusal('TOKEN_NEEDS_PARTNER', 'invalid', `partnerId is missing, which ${forPartner.join(', ')} needs.`, {
      remedy: 'Name the partner that the bearer acts for.',
    });
  if (forPartner.length === 0 && partnerId !== null)
    throw new Refusal('TOKEN_FORBIDS_PARTNER', 'invalid', `partnerId does not go with ${held.join(', ')}.`, {
      remedy: 'Leave the partner out, or give the role partner-user or partner-admin.',
    });
};
