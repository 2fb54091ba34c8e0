import type { Decider } from '@tempore/kernel';

import type { AccountCommand } from './account.commands';
import { decide } from './account.decide';
import { type AccountEvent, accountEvents } from './account.events';
import { type AccountState, evolve, initialState } from './account.state';
import { ACCOUNT } from './account.stream';

export const account: Decider<AccountState, AccountCommand, AccountEvent> = {
  category: ACCOUNT,
  version: 2,
  events: accountEvents,
  initialState,
  evolve,
  decide,
};
