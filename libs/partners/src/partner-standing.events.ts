import {
  adoptionSchema,
  defineEvent,
  type EventOf,
  idSchema,
  instantSchema,
  proposalSchema,
  reasonSchema,
  withdrawalSchema,
} from '@tempore/kernel';
import { dealKindSchema } from '@messages/deals';
import { z } from 'zod';

import { partnerTierSchema } from './partner-tier';

const productLine = z.string().trim().min(1);

/** A country in which the partner may register deals; those of one line only where a line is named. */
export const territorySchema = z.object({
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/),
  productLine: productLine.nullable(),
});
export type Territory = Readonly<z.infer<typeof territorySchema>>;

/** A line that the partner may sell, and what it takes. */
export const lineTermsSchema = z.object({
  productLine,
  minimumTier: partnerTierSchema,
  /** How many of the partner's people hold a certificate for the line that counts. */
  certifiedPeople: z.int().nonnegative(),
});
export type LineTerms = Readonly<z.infer<typeof lineTermsSchema>>;

/** What of a partner only two people change together (rulebook 3). It binds later filings only. */
export const partnerChangeSchema = z.discriminatedUnion('of', [
  /** Null is everywhere. */
  z.object({ of: z.literal('territories'), territories: z.array(territorySchema).nullable() }),
  z.object({ of: z.literal('named-accounts'), added: z.array(idSchema), removed: z.array(idSchema) }),
  /** Whether it may register its named accounts and no others. */
  z.object({ of: z.literal('named-restriction'), restricted: z.boolean() }),
]);
export type PartnerChange = z.infer<typeof partnerChangeSchema>;

export const partnerChangeProposed = defineEvent(
  'partner-change-proposed',
  'Somebody wants the partner’s territories or named accounts changed; until a second person agrees nothing is.',
  proposalSchema(partnerChangeSchema),
);

export const partnerChangeAdopted = defineEvent(
  'partner-change-adopted',
  'A second person agrees to what the first proposed: filings from here on are judged by it.',
  adoptionSchema(partnerChangeSchema),
);

export const partnerChangeWithdrawn = defineEvent(
  'partner-change-withdrawn',
  'A proposed change is off the table.',
  withdrawalSchema,
);

export const partnerGroupJoined = defineEvent(
  'partner-group-joined',
  'The partner is under common control with those of the same group: on a docket they count as one.',
  z.object({ groupId: idSchema, reason: reasonSchema }),
);

export const partnerGroupLeft = defineEvent(
  'partner-group-left',
  'The partner stands alone again.',
  z.object({ reason: reasonSchema }),
);

export const partnerLinesAgreed = defineEvent(
  'partner-lines-agreed',
  'Which lines the partner may sell, and what each asks of it; null is every line, without conditions. Replaces what ' +
    'was agreed before.',
  z.object({ lines: z.array(lineTermsSchema).nullable(), reason: reasonSchema }),
);

export const partnerKindAgreed = defineEvent(
  'partner-kind-agreed',
  'Whether the partner resells or refers: what its registrations are proposed as where they say nothing else.',
  z.object({ kind: dealKindSchema, reason: reasonSchema }),
);

export const partnerManagerAssigned = defineEvent(
  'partner-manager-assigned',
  'From an instant on somebody of the vendor’s is the partner’s account manager; null is nobody.',
  z.object({ managerId: idSchema.nullable(), from: instantSchema }),
);

export const partnerStandingEvents = [
  partnerChangeProposed,
  partnerChangeAdopted,
  partnerChangeWithdrawn,
  partnerGroupJoined,
  partnerGroupLeft,
  partnerLinesAgreed,
  partnerKindAgreed,
  partnerManagerAssigned,
] as const;

export type PartnerStandingEvent = EventOf<typeof partnerStandingEvents>;
