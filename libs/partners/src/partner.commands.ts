import type { Command, Instant } from '@tempore/kernel';

import type { PartnerPeopleCommand } from './partner-people.commands';
import type { PartnerStandingCommand } from './partner-standing.commands';
import type { PartnerTier } from './partner-tier';
import type { EndReason, PartnerApplication } from './partner.events';

/** `website` may be any address of the partner's: its registrable domain is what is kept. */
export type ApplyAsPartner = Command<'ApplyAsPartner', PartnerApplication>;

/** The agreement begins now. The tier is bronze where none is named. */
export type ApprovePartner = Command<'ApprovePartner', { readonly tier?: PartnerTier }>;

/** What is left out stays as it is. */
export type CorrectPartner = Command<
  'CorrectPartner',
  { readonly legalName?: string; readonly country?: string; readonly from: Instant; readonly reason: string }
>;

export type AgreePartnerTier = Command<
  'AgreePartnerTier',
  { readonly tier: PartnerTier; readonly from: Instant; readonly reason: string }
>;

export type SuspendPartner = Command<'SuspendPartner', { readonly reason: string }>;

export type ReactivatePartner = Command<'ReactivatePartner', Readonly<Record<string, never>>>;

export type EndPartner = Command<'EndPartner', { readonly reason: EndReason; readonly note: string | null }>;

export type PartnerCommand =
  | ApplyAsPartner
  | ApprovePartner
  | CorrectPartner
  | AgreePartnerTier
  | SuspendPartner
  | ReactivatePartner
  | EndPartner
  | PartnerStandingCommand
  | PartnerPeopleCommand;
