import {
  type Command,
  type Decider,
  type DecisionContext,
  defineEvent,
  type EventOf,
  idSchema,
  showsWithActor,
} from '@tempore/kernel';
import { z } from 'zod';

import type { DocketContext } from './docket.context';

/** Category of the streams of availability checks: `availability-<id>`, one each. */
export const AVAILABILITY = 'availability';

/** All that anybody may know of a place: it is free, taken, or one's own claim waits for it. */
export const availabilitySchema = z.enum(['free', 'taken', 'queued']);
export type Availability = z.infer<typeof availabilitySchema>;

export const availabilityChecked = defineEvent(
  'availability-checked',
  'A partner asked whether a customer’s line is free: kept, because whoever asks often enough could map what others do.',
  z.object({
    partnerId: idSchema,
    /** Digests of the keys that the customer was named by. */
    customerKeys: z.array(z.string().regex(/^[0-9a-f]{64}$/)).min(1),
    productLine: z.string().min(1),
    site: z.string().min(1).nullable(),
    availability: availabilitySchema,
  }),
  { shown: { partner: showsWithActor('partnerId', 'customerKeys', 'productLine', 'site', 'availability') } },
);

export const availabilityEvents = [availabilityChecked] as const;

export type AvailabilityEvent = EventOf<typeof availabilityEvents>;

export type RecordAvailabilityCheck = Command<'RecordAvailabilityCheck', AvailabilityEvent['data']>;

/** What a check answered; null before it was made. */
export type AvailabilityState = AvailabilityEvent['data'] | null;

/** A check is made once: asked again, it is another one. Throws `LINE_CLOSED`: what takes no filings is not free. */
export const availabilityCheck: Decider<
  AvailabilityState,
  RecordAvailabilityCheck,
  AvailabilityEvent,
  DecisionContext & Pick<DocketContext, 'closedLine'>
> = {
  category: AVAILABILITY,
  version: 1,
  events: availabilityEvents,
  initialState: null,
  evolve: (state, { data }) => state ?? data,
  decide: ({ data }, state, { closedLine }) => {
    if (state) return [];
    if (closedLine) throw closedLine;
    return [{ type: 'availability-checked', data }];
  },
};
