import { defineEvent, type EventOf, instantSchema, reasonSchema } from '@tempore/kernel';
import { z } from 'zod';

import { recordedPolicySchema } from './policy';

/** Counts every policy ever proposed, from 1, without gaps. */
const version = z.int().positive();

/** Public holidays of a country, or of a part of it, in some years; codes as `date-holidays` has them. */
export const holidaySetSchema = z.strictObject({
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/, { error: 'must be a two-letter country code, such as DE' }),
  /** Part of the country: ISO 3166-2 without the country, such as BY. */
  state: z.string().min(1).nullable(),
  region: z.string().min(1).nullable(),
  years: z.array(z.int().min(2000).max(2100)).min(1),
});
export type HolidaySet = Readonly<z.infer<typeof holidaySetSchema>>;

const proposedPolicySchema = z.object({
  version,
  effectiveFrom: instantSchema.nullable(),
  policy: recordedPolicySchema,
  holidaySets: z.array(holidaySetSchema),
  reason: reasonSchema,
});
export type ProposedPolicy = z.infer<typeof proposedPolicySchema>;

export const policyFounded = defineEvent(
  'policy-founded',
  'The programme begins, with the policy that the product brings. Nobody proposed it, so nobody adopted it; each that ' +
    'comes after takes two people. It is in force from the instant at which it was recorded.',
  z.object({ version: z.literal(1), policy: recordedPolicySchema }),
);

export const policySupplemented = defineEvent(
  'policy-supplemented',
  'The product has learned to ask for numbers that no version has: the policy in force goes on with them, as the next ' +
    'version. Nobody proposed it; two people may change it. What was filed before keeps its terms.',
  z.object({ version, policy: recordedPolicySchema }),
);

export const policyProposed = defineEvent(
  'policy-proposed',
  'Somebody wants the programme to follow other numbers from an instant on, or at once where none is named. Holidays ' +
    'stand in it day by day, whatever set they came from: a later edition of the sets changes no decision.',
  proposedPolicySchema,
);

export const policyAdopted = defineEvent(
  'policy-adopted',
  'A second person agrees: filings from the instant named, which is never past, are judged by this version.',
  z.object({ version, effectiveFrom: instantSchema }),
);

export const policyWithdrawn = defineEvent(
  'policy-withdrawn',
  'A proposal is off the table; its number is not used again.',
  z.object({ version, reason: reasonSchema }),
);

export const policyEvents = [
  policyFounded,
  policySupplemented,
  policyProposed,
  policyAdopted,
  policyWithdrawn,
] as const;

export type PolicyEvent = EventOf<typeof policyEvents>;
