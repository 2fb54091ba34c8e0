import type { Decider } from '@tempore/kernel';

import type { PrincipalCommand } from './principal.commands';
import { decide } from './principal.decide';
import { type PrincipalEvent, principalEvents } from './principal.events';
import { evolve, initialState, type PrincipalState } from './principal.state';
import { PRINCIPAL } from './principal.stream';

export const principal: Decider<PrincipalState, PrincipalCommand, PrincipalEvent> = {
  category: PRINCIPAL,
  version: 2,
  events: principalEvents,
  initialState,
  evolve,
  decide,
};
