import type { DealKind } from '@messages/deals';
import type { Command, Instant, Proposal, Withdrawal } from '@tempore/kernel';

import type { LineTerms, PartnerChange } from './partner-standing.events';

export type ProposePartnerChange = Command<'ProposePartnerChange', Proposal<PartnerChange>>;

export type AdoptPartnerChange = Command<'AdoptPartnerChange', { readonly proposalId: string }>;

export type WithdrawPartnerChange = Command<'WithdrawPartnerChange', Withdrawal>;

/** Partners that carry the same group are under common control. One that stands alone is its own group. */
export type JoinPartnerGroup = Command<'JoinPartnerGroup', { readonly groupId: string; readonly reason: string }>;

export type LeavePartnerGroup = Command<'LeavePartnerGroup', { readonly reason: string }>;

export type AgreePartnerLines = Command<
  'AgreePartnerLines',
  { readonly lines: readonly LineTerms[] | null; readonly reason: string }
>;

export type AgreePartnerKind = Command<'AgreePartnerKind', { readonly kind: DealKind; readonly reason: string }>;

export type AssignPartnerManager = Command<
  'AssignPartnerManager',
  { readonly managerId: string | null; readonly from: Instant }
>;

export type PartnerStandingCommand =
  | ProposePartnerChange
  | AdoptPartnerChange
  | WithdrawPartnerChange
  | JoinPartnerGroup
  | LeavePartnerGroup
  | AgreePartnerLines
  | AgreePartnerKind
  | AssignPartnerManager;
