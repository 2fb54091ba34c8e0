import type { Decider } from '@tempore/kernel';

import type { AccountKeyCommand } from './accountkey.commands';
import { decide } from './accountkey.decide';
import { type AccountKeyEvent, accountKeyEvents } from './accountkey.events';
import { type AccountKeyState, evolve, initialState } from './accountkey.state';
import { ACCOUNT_KEY } from './accountkey.stream';

export const accountKey: Decider<AccountKeyState, AccountKeyCommand, AccountKeyEvent> = {
  category: ACCOUNT_KEY,
  version: 1,
  events: accountKeyEvents,
  initialState,
  evolve,
  decide,
};
