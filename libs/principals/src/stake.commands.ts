import type { Command, Proposal, Withdrawal } from '@tempore/kernel';

import type { Stake, StakeChange } from './stake.events';

/** `principalId` is whose stream it is: people declare their own stakes only. */
export type DeclareStake = Command<
  'DeclareStake',
  { readonly principalId: string; readonly stake: Omit<Stake, 'kind'>; readonly reason: string }
>;

export type ProposeStakeChange = Command<'ProposeStakeChange', Proposal<StakeChange>>;

/** `principalId` is whose stream it is: nobody confirms what is said of themselves. */
export type AdoptStakeChange = Command<
  'AdoptStakeChange',
  { readonly principalId: string; readonly proposalId: string }
>;

export type WithdrawStakeChange = Command<'WithdrawStakeChange', Withdrawal>;

export type StakeCommand = DeclareStake | ProposeStakeChange | AdoptStakeChange | WithdrawStakeChange;
