import { defineEvent, idSchema, instantSchema, shows, showsWithActor } from '@tempore/kernel';
import { z } from 'zod';

import { partnerStandingSchema } from './facts';
import { reviewClockSchema } from './filing.events';
import { ranAtOnce } from './partner-clocks.events';
import { touchSchema } from './touch';

export const claimOffered = defineEvent(
  'claim-offered',
  'The place became free and this claim is the first in line: it is on hold, not protected, until the partner says ' +
    'that it still wants it. The clock runs from when the partner’s notice of it stands, not from when the place became free.',
  z.object({
    dealId: idSchema,
    /** Null where the clock waits for its notice. */
    reconfirmBy: instantSchema.nullable(),
  }),
  { upcasters: [ranAtOnce], shown: { partner: shows('dealId', 'reconfirmBy') } },
);

export const claimReconfirmed = defineEvent(
  'claim-reconfirmed',
  'The partner still wants the place, and may have it as it stands today: a person reviews the claim.',
  z.object({ dealId: idSchema, standing: partnerStandingSchema, review: reviewClockSchema }),
  { shown: { partner: showsWithActor('dealId', 'review') } },
);

export const offerDeclined = defineEvent(
  'offer-declined',
  'The partner does not want the place any more: its claim ends, the next in line is offered it.',
  z.object({ dealId: idSchema, reason: z.string().trim().min(1) }),
  { shown: { partner: showsWithActor('dealId', 'reason') } },
);

export const claimLapsed = defineEvent(
  'claim-lapsed',
  'A deadline passed: for an answer, a reconfirmation or what shows the first touch, or in line without an answer or ' +
    'progress. Whoever had a place keeps it blocked for as long as the lapse may be contested.',
  z.object({
    dealId: idSchema,
    because: z.enum(['no-answer', 'no-reconfirmation', 'no-progress', 'no-document']),
    /** Not where it lapsed in line for want of an answer or progress: it had no place that could be kept for it. */
    contestable: z.boolean(),
    /** Null also where the clock waits for its notice. */
    contestableUntil: instantSchema.nullable(),
  }),
  {
    upcasters: [
      (data) => ({
        ...(data as object),
        contestable: (data as { contestableUntil: unknown }).contestableUntil !== null,
      }),
    ],
    shown: { partner: shows('dealId', 'because', 'contestable', 'contestableUntil') },
  },
);

export const contestPeriodEnded = defineEvent(
  'contest-period-ended',
  'Nobody contested a rejection or a lapse in time: the place is free, the partner may file anew.',
  z.object({ dealId: idSchema }),
  { shown: { partner: shows('dealId') } },
);

export const claimExpired = defineEvent(
  'claim-expired',
  'The window of protection ended without an outcome.',
  z.object({ dealId: idSchema }),
  { shown: { partner: shows('dealId') } },
);

export const touchRecorded = defineEvent(
  'touch-recorded',
  'A partner met, called or wrote to the customer. Whether it is progress decides over queue and renewed filings; ' +
    'that it was recorded, and when, is beyond dispute.',
  z.object({
    dealId: idSchema,
    touch: touchSchema,
    progress: z.boolean(),
    /** Set where the claim is queued and this is progress: when it lapses now. */
    lapsesAt: instantSchema.nullable(),
    /** Likewise, when the partner is asked whether it still wants the place; missing from older touches. */
    asksAt: instantSchema.nullable().exactOptional(),
  }),
  { shown: { partner: showsWithActor('dealId', 'touch', 'progress', 'lapsesAt', 'asksAt') } },
);

export const interestAsked = defineEvent(
  'interest-asked',
  'Whoever waits in line is asked whether it still wants the place: no claim lapses there of which nobody was asked, ' +
    'however late this is written.',
  z.object({
    dealId: idSchema,
    /** When the claim lapses if nobody answers. Null until the notice of one asking stands. */
    lapsesAt: instantSchema.nullable(),
    /** When the partner is asked next. */
    asksAt: instantSchema,
  }),
  { upcasters: [ranAtOnce], shown: { partner: shows('dealId', 'lapsesAt', 'asksAt') } },
);

export const interestConfirmed = defineEvent(
  'interest-confirmed',
  'The partner still wants the place for which it waits: its time in line begins anew.',
  z.object({ dealId: idSchema, lapsesAt: instantSchema, asksAt: instantSchema }),
  { shown: { partner: showsWithActor('dealId', 'lapsesAt', 'asksAt') } },
);

export const queueEvents = [
  claimOffered,
  claimReconfirmed,
  offerDeclined,
  claimLapsed,
  contestPeriodEnded,
  claimExpired,
  touchRecorded,
  interestAsked,
  interestConfirmed,
] as const;
