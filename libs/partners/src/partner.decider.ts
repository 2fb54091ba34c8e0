import type { Decider } from '@tempore/kernel';

import type { PartnerCommand } from './partner.commands';
import { decide } from './partner.decide';
import { type PartnerEvent, partnerEvents } from './partner.events';
import { PARTNER } from './partner.stream';
import { evolve, initialState, type PartnerState } from './partner.state';

export const partner: Decider<PartnerState, PartnerCommand, PartnerEvent> = {
  category: PARTNER,
  version: 4,
  events: partnerEvents,
  initialState,
  evolve,
  decide,
};
