import type { Command, Proposal, Withdrawal } from '@tempore/kernel';

import type { RatesChange } from './rates.events';

export type ProposeRates = Command<'ProposeRates', Proposal<RatesChange>>;

export type AdoptRates = Command<'AdoptRates', { readonly proposalId: string }>;

export type WithdrawRates = Command<'WithdrawRates', Withdrawal>;

export type RatesCommand = ProposeRates | AdoptRates | WithdrawRates;
