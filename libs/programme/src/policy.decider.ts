import type { Decider } from '@tempore/kernel';

import type { PolicyCommand } from './policy.commands';
import { decide } from './policy.decide';
import { type PolicyEvent, policyEvents } from './policy.events';
import { evolve, initialState, type PolicyState } from './policy.state';
import { POLICY } from './policy.stream';

export const policy: Decider<PolicyState, PolicyCommand, PolicyEvent> = {
  category: POLICY,
  version: 3,
  events: policyEvents,
  initialState,
  evolve,
  decide,
};
