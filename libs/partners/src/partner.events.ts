import { defineEvent, type EventOf, instantSchema, reasonSchema } from '@tempore/kernel';
import { z } from 'zod';

import { partnerPeopleEvents } from './partner-people.events';
import { partnerStandingEvents } from './partner-standing.events';
import { partnerTierSchema } from './partner-tier';

export const endReasonSchema = z.enum(['mutual', 'performance', 'misalignment', 'breach', 'insolvency', 'fraud']);
export type EndReason = z.infer<typeof endReasonSchema>;

/** Where an imported partner stands in the system that it came from. */
const sourceSchema = z.object({ system: z.string().min(1), reference: z.string().min(1) });
export type PartnerSource = z.infer<typeof sourceSchema>;

const applicationSchema = z.object({
  legalName: z.string().trim().min(1),
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/),
  /** Registrable domain of the website. */
  website: z.string().min(1).nullable(),
  source: sourceSchema.nullable(),
});
export type PartnerApplication = z.infer<typeof applicationSchema>;

const agreementSchema = z.object({ tier: partnerTierSchema, from: instantSchema });
export type Agreement = z.infer<typeof agreementSchema>;

const particularsSchema = applicationSchema.pick({ legalName: true, country: true }).extend({ from: instantSchema });

/** What a partner is called and where it sits, and since when. */
export type Particulars = Readonly<z.infer<typeof particularsSchema>>;

export const partnerApplied = defineEvent(
  'partner-applied',
  'An organisation asks to join the programme, or is carried over from another system: who it says it is.',
  applicationSchema,
);

export const partnerApproved = defineEvent(
  'partner-approved',
  'The agreement begins: from here on the partner may register deals, at the tier that was agreed.',
  z.object({ agreement: agreementSchema }),
);

export const partnerCorrected = defineEvent(
  'partner-corrected',
  'The partner’s name or country was recorded wrongly, or has changed: from an instant on it is this. What it applied ' +
    'with stands as it was.',
  particularsSchema.extend({ reason: reasonSchema }),
);

export const partnerTierAgreed = defineEvent(
  'partner-tier-agreed',
  'Partner and vendor agree on another tier, from an instant on: filings from the recording of this on are judged by it.',
  z.object({ agreement: agreementSchema, reason: reasonSchema }),
);

export const partnerSuspended = defineEvent(
  'partner-suspended',
  'The partner may not act for the time being; its claims freeze without being given time back.',
  z.object({ reason: z.string().trim().min(1) }),
);

export const partnerReactivated = defineEvent(
  'partner-reactivated',
  'The cause of a suspension is gone: the partner may act again.',
  z.object({}),
);

export const partnerEnded = defineEvent(
  'partner-ended',
  'The agreement is over for good: protections end at this instant, won credit stays, and the reason tells what follows.',
  z.object({ reason: endReasonSchema, note: z.string().trim().min(1).nullable() }),
);

export const partnerEvents = [
  partnerApplied,
  partnerApproved,
  partnerCorrected,
  partnerTierAgreed,
  partnerSuspended,
  partnerReactivated,
  partnerEnded,
  ...partnerStandingEvents,
  ...partnerPeopleEvents,
] as const;

export type PartnerEvent = EventOf<typeof partnerEvents>;
