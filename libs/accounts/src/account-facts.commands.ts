import type { Command, Proposal, Withdrawal } from '@tempore/kernel';

import type { AccountChange, CustomerTerm, RenewalLetter } from './account-facts.events';

export type ProposeAccountChange = Command<'ProposeAccountChange', Proposal<AccountChange>>;

export type AdoptAccountChange = Command<'AdoptAccountChange', { readonly proposalId: string }>;

export type WithdrawAccountChange = Command<'WithdrawAccountChange', Withdrawal>;

export type RecordCustomer = Command<'RecordCustomer', CustomerTerm>;

export type WithdrawCustomer = Command<'WithdrawCustomer', { readonly termId: string; readonly reason: string }>;

export type VerifyLetter = Command<'VerifyLetter', RenewalLetter>;

export type WithdrawLetter = Command<'WithdrawLetter', { readonly letterId: string; readonly reason: string }>;

/** `accountId` is this account, and `ancestors` are those of the parent: nobody is their own ancestor. */
export type LinkParent = Command<
  'LinkParent',
  {
    readonly accountId: string;
    readonly parentId: string;
    readonly ancestors: readonly string[];
    readonly reason: string;
  }
>;

export type UnlinkParent = Command<'UnlinkParent', { readonly reason: string }>;

export type AccountFactCommand =
  | ProposeAccountChange
  | AdoptAccountChange
  | WithdrawAccountChange
  | RecordCustomer
  | WithdrawCustomer
  | VerifyLetter
  | WithdrawLetter
  | LinkParent
  | UnlinkParent;
