import type { Outcome } from '@tempore/event-store';
import { principal, type PrincipalEvent } from '@tempore/principals';
import type { Instant } from '@tempore/kernel';

import { type Doing, recognisedBy } from '../act';
import { tell } from '../tell';

interface Revoking {
  readonly principalId: string;
  readonly reason: string;
  /** By the time of day, by which issuers go, also where the installation's clock is simulated. */
  readonly issuedUntil: Instant;
}

/** Whatever tokens somebody holds let nobody in any more. Asked again, it is the same act, whatever time it is by then. */
export const revokeTokens: Doing<Revoking, Outcome<PrincipalEvent>> = (means, act, { principalId, ...data }) => {
  const revoking = recognisedBy(means, act, { principalId, reason: data.reason });
  return tell(revoking, principal, principalId, { type: 'RevokeTokens', data }, {});
};
