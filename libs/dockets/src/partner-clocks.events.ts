import { defineEvent, idSchema, instantSchema, shows } from '@tempore/kernel';
import { z } from 'zod';

/** The clocks against a partner: to answer a question, to take an offer, to contest, to show the first touch, to say whether the place is still wanted. */
export const partnerClocks = ['answer', 'reconfirmation', 'contest', 'document', 'interest'] as const;
export type PartnerClock = (typeof partnerClocks)[number];

export const clockStarted = defineEvent(
  'clock-started',
  'The partner’s notice of an event that gives it a deadline stands in its inbox: the deadline counts from there. Before, ' +
    'it has no end, so that nobody loses anything by a deadline that it was never told of.',
  z.object({
    dealId: idSchema,
    clock: z.enum(partnerClocks),
    /** The event that the notice tells of. */
    eventId: idSchema,
    noticeId: idSchema,
    endsAt: instantSchema,
  }),
  { shown: { partner: shows('dealId', 'clock', 'endsAt') } },
);

export const partnerClockEvents = [clockStarted] as const;

/** The first version of an event that set a deadline: its clock ran from its own writing, and does so still. */
export const ranAtOnce = (data: unknown): unknown => data;
