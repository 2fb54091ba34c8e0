import { dealKindSchema } from '@messages/deals';
import { partnerTierSchema } from '@messages/partners';
import { idSchema, instantSchema } from '@tempore/kernel';
import { z } from 'zod';

/** The event in which a fact was recorded: author, time and reason stand there. */
const factSchema = z.object({ eventId: idSchema });

/** A partner as it stands at a decision, measured against this docket's customer and line. */
export const partnerStandingSchema = z.object({
  partnerId: idSchema,
  /** The partners under common control with it; its own id where it stands alone. */
  group: idSchema,
  status: z.enum(['applied', 'active', 'suspended', 'ended']),
  tier: partnerTierSchema,
  /** What its registrations are proposed as; missing from standings of before there were two kinds. */
  kind: dealKindSchema.exactOptional(),
  /** What the line asks for and the partner has not; `line` where it was not agreed that the partner sells it at all. */
  lacks: z.array(z.enum(['line', 'tier', 'certificate'])),
  /** What the line asks for, and how many certified people there are; absent where nothing was agreed, and in events from before it was kept. */
  line: z
    .object({
      minimumTier: partnerTierSchema,
      certifiedPeople: z.int().nonnegative(),
      certified: z.int().nonnegative(),
    })
    .optional(),
  /** ISO 3166-1 alpha-2 countries in which it may register; null is everywhere. */
  territories: z.array(z.string()).nullable(),
  /** Whether the customer is one of the partner's named accounts; `only-others` where it may register those alone and this is none. */
  named: z.enum(['aligned', 'not-aligned', 'only-others']),
});
export type PartnerStanding = Readonly<z.infer<typeof partnerStandingSchema>>;

/** What is on record of the customer and touches this docket's line. */
export const accountFactsSchema = z.object({
  /** Country that decides the territory; null where nobody said. */
  territory: z.string().nullable(),
  /** The vendor keeps this customer for itself. */
  house: factSchema.nullable(),
  /** The customer has this line already. */
  customerOfLine: factSchema
    .extend({
      from: instantSchema,
      /** End of the term; null where it is open. */
      until: instantSchema.nullable(),
      partnerOfRecord: idSchema.nullable(),
    })
    .nullable(),
  /** A verified letter in which the customer names the partner that is to renew. */
  renewalLetter: factSchema.extend({ partnerId: idSchema }).nullable(),
});
export type AccountFacts = Readonly<z.infer<typeof accountFactsSchema>>;

/**
 * What ties whoever decides to a customer or a partner: `member` where they work for that partner or did, `acted` where
 * they acted for it in one of the deals concerned.
 */
export const stakeSchema = z.object({
  on: z.enum(['account', 'partner']),
  id: idSchema,
  kind: z.enum(['member', 'acted', 'quota', 'territory', 'reporting-line', 'declared']),
});
export type Stake = Readonly<z.infer<typeof stakeSchema>>;

/** The best match that a view found to another customer, and how far that view had read the log. */
export const conflictAdviceSchema = z.object({
  /** 0 is none, 1 is certain. */
  score: z.number().min(0).max(1),
  /** The sequence of the last event that the view had handled. */
  sequence: z.string().regex(/^\d+$/),
});
export type ConflictAdvice = Readonly<z.infer<typeof conflictAdviceSchema>>;
