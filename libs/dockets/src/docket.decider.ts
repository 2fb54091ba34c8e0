import type { Decider } from '@tempore/kernel';

import type { DocketCommand, StartClock } from './docket.commands';
import type { DocketContext } from './docket.context';
import { decide, decideClock } from './docket.decide';
import type { DocketEvent } from './docket.events';
import { settle } from './docket.settle';
import { docketFold, type DocketState } from './docket.state';

/** A claim lives under the policy that it was filed under; what the direct team records is decided under none. */
const policyVersionOf = (event: DocketEvent, { claims }: DocketState): number | undefined => {
  if (event.type === 'claim-filed') return event.data.terms.policyVersion;
  const dealId = 'dealId' in event.data ? event.data.dealId : undefined;
  return claims.find((claim) => claim.dealId === dealId)?.terms.policyVersion;
};

export const docket: Decider<DocketState, DocketCommand, DocketEvent, DocketContext> = {
  ...docketFold,
  version: 8,
  settle,
  policyVersionOf,
  decide,
};

/** The docket, told that a notice stands: nothing beside its own stream is read for that. */
export const docketClocks: Decider<DocketState, StartClock, DocketEvent> = { ...docket, decide: decideClock };
