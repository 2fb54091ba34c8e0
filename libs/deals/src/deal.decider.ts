import type { Decider } from '@tempore/kernel';

import type { DealCommand } from './deal.commands';
import { decide } from './deal.decide';
import type { DealEvent } from './deal.events';
import { dealFold, type DealState } from './deal.state';
import type { DealContext } from './registration.decide';

export const deal: Decider<DealState, DealCommand, DealEvent, DealContext> = {
  ...dealFold,
  version: 3,
  decide,
};
