import type { Instant } from '@tempore/kernel';

import { holdsAt, type PersonState } from './person.state';

/**
 * What an erasure needs next, whoever drives it: a person who asks again, or a process that finds it unfinished. Each
 * step may be taken twice.
 */
export type ErasureStep =
  /** The last hold has run out: whatever is commanded next settles that the erasure has begun. */
  | 'command'
  /** Destroy the key, and only then record that it is done. */
  | 'destroy-key'
  | 'wait'
  | 'nothing';

export const nextErasureStep = (state: PersonState, now: Instant): ErasureStep => {
  switch (state.status) {
    case 'kept':
    case 'erased':
      return 'nothing';
    case 'erasure-requested':
      return holdsAt(state, now).length > 0 ? 'wait' : 'command';
    case 'erasing':
      return 'destroy-key';
  }
};

/** Nobody can or will read the person's data again: an erasure that has nothing in its way is as good as done. */
export const isForgotten = (state: PersonState, now: Instant): boolean =>
  state.status === 'erased' || ['command', 'destroy-key'].includes(nextErasureStep(state, now));
