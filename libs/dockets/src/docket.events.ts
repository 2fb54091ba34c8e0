import type { EventOf } from '@tempore/kernel';

import { directEvents } from './direct.events';
import { filingEvents } from './filing.events';
import { partnerClockEvents } from './partner-clocks.events';
import { outcomeEvents } from './outcome.events';
import { queueEvents } from './queue.events';
import { reviewEvents } from './review.events';

/** Everything that counts between parties on one customer's product line, in the order in which it happened. */
export const docketEvents = [
  ...filingEvents,
  ...queueEvents,
  ...reviewEvents,
  ...partnerClockEvents,
  ...outcomeEvents,
  ...directEvents,
] as const;

export type DocketEvent = EventOf<typeof docketEvents>;

/** The events of one type, or of some. */
export type DocketEventOf<Type extends DocketEvent['type']> = Extract<DocketEvent, { type: Type }>;
