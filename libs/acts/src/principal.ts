import type { Viewer } from '@tempore/documents';
import type { Audience } from '@tempore/kernel';
import { expectRoles, isPartnerRole, type PartnerRole, type Role, type VendorRole } from '@tempore/principals';

/** One of a partner's people, as their token says it. */
export interface PartnerPerson {
  readonly side: 'partner';
  /** Pseudonymous; stands on every event as its actor. */
  readonly id: string;
  readonly roles: readonly PartnerRole[];
  /** The organisation that they act for. */
  readonly partnerId: string;
}

/** One of the vendor's people, or a machine of the vendor's. */
export interface VendorPerson {
  readonly side: 'vendor';
  readonly id: string;
  readonly roles: readonly VendorRole[];
}

/** Who asks. On whose side they are is said, never guessed from what is absent. */
export type Principal = PartnerPerson | VendorPerson;

/** Throws the refusal of `expectRoles` where roles and partner do not go together. */
export const principalOf = (id: string, roles: readonly Role[], partnerId: string | null): Principal => {
  expectRoles(roles, partnerId);
  return partnerId === null
    ? { side: 'vendor', id, roles: roles.filter((role) => !isPartnerRole(role)) }
    : { side: 'partner', id, roles: roles.filter(isPartnerRole), partnerId };
};

/** The partner that somebody acts for; null for the vendor's people, who act for none. */
export const organisationOf = (principal: Principal): string | null =>
  principal.side === 'partner' ? principal.partnerId : null;

/** Somebody as documents know their viewers. */
export const viewerOf = (principal: Principal): Viewer => ({
  id: principal.id,
  roles: principal.roles,
  partnerId: organisationOf(principal),
});

/** As whom somebody is told of events; null for those who see all of them. */
export const audienceOf = (principal: Principal): Audience | null => {
  if (principal.side === 'partner') return 'partner';
  return principal.roles.every((role) => role === 'direct-rep') ? 'direct-team' : null;
};

/** Whose records a principal may see: those of one partner, or everybody's. */
export type Scope = 'everybody' | { readonly partnerId: string };

/** The vendor's roles that see everybody's records; one that is not named here sees nobody's. */
const SEES_EVERYBODY: ReadonlySet<Role> = new Set<VendorRole>([
  'channel-manager',
  'finance',
  'arbiter',
  'auditor',
  'service',
  'admin',
]);

/** `undefined` where the principal may see no partner's records at all. */
export const scopeOf = (principal: Principal): Scope | undefined => {
  if (principal.side === 'partner') return { partnerId: principal.partnerId };
  return principal.roles.some((role) => SEES_EVERYBODY.has(role)) ? 'everybody' : undefined;
};
