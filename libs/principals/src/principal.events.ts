import { defineEvent, type EventOf, idSchema, instantSchema, reasonSchema } from '@tempore/kernel';
import { z } from 'zod';

import { stakeEvents } from './stake.events';

/** The roles of people who act for a partner. */
export const partnerRoles = ['partner-user', 'partner-admin'] as const;
export type PartnerRole = (typeof partnerRoles)[number];

/** The roles of people, and machines, who act for the vendor. */
export const vendorRoles = [
  'channel-manager',
  'direct-rep',
  'finance',
  'arbiter',
  'panel-member',
  'auditor',
  'service',
  'admin',
] as const;
export type VendorRole = (typeof vendorRoles)[number];

export const roles = [...partnerRoles, ...vendorRoles] as const;
export type Role = (typeof roles)[number];

const tokenSchema = z.object({
  tokenId: idSchema,
  roles: z.array(z.enum(roles)).min(1),
  /** The organisation that the bearer acts for; with a partner's role always, with another never. */
  partnerId: idSchema.nullable(),
  expiresAt: instantSchema,
});
export type Token = Readonly<z.infer<typeof tokenSchema>>;

export const tokenMinted = defineEvent(
  'token-minted',
  'Somebody was given the means to act: who holds which rights, from whom and until when, must be on record.',
  tokenSchema,
);

const revocationSchema = z.object({
  /** By the time of day, whatever clock the installation runs on: so do issuers of tokens. */
  issuedUntil: instantSchema,
  reason: reasonSchema,
});
export type Revocation = Readonly<z.infer<typeof revocationSchema>>;

export const principalTokensRevoked = defineEvent(
  'principal-tokens-revoked',
  'Somebody’s means to act are taken back: whatever token was issued to them until then lets nobody in any more.',
  revocationSchema,
);

export const principalIdKept = defineEvent(
  'principal-id-kept',
  'Somebody stood in the log before ids of people were made with a key: they keep the id by which the log knows them.',
  z.object({}),
);

export const principalEvents = [tokenMinted, principalTokensRevoked, principalIdKept, ...stakeEvents] as const;

export type PrincipalEvent = EventOf<typeof principalEvents>;
