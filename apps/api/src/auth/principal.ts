import type { Role } from '@tempore/principals';

/** Who asks, as their token says it. */
export interface Principal {
  /** Pseudonymous; stands on every event as its actor. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** The organisation a partner's person acts for; always there beside a partner's role. */
  readonly partnerId: string | undefined;
}

/** Whose records a principal may see: those of one partner, or everybody's. */
export type Scope = 'everybody' | { readonly partnerId: string };

/** The roles that see everybody's records; a role that is not named here sees nothing but its own partner's. */
const SEES_EVERYBODY: ReadonlySet<Role> = new Set<Role>([
  'channel-manager',
  'finance',
  'arbiter',
  'auditor',
  'service',
  'admin',
]);

/** `undefined` where the principal may see no partner's records at all. */
export const scopeOf = ({ roles, partnerId }: Principal): Scope | undefined => {
  if (roles.some((role) => SEES_EVERYBODY.has(role))) return 'everybody';
  return partnerId === undefined ? undefined : { partnerId };
};
