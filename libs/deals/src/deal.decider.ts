import type { Decider } from '@tempore/kernel';

import type { DealCommand } from './deal.commands';
import { decide } from './deal.decide';
import { type DealEvent, dealEvents } from './deal.events';
import { type DealState, evolve, initialState } from './deal.state';
import { DEAL } from './deal.stream';
import type { DealContext } from './registration.decide';

export const deal: Decider<DealState, DealCommand, DealEvent, DealContext> = {
  category: DEAL,
  version: 3,
  events: dealEvents,
  initialState,
  evolve,
  decide,
};
