import { daySchema, defineEvent, type EventOf, idSchema, instantSchema, moneySchema } from '@tempore/kernel';
import { z } from 'zod';

export const legacyStageSchema = z.enum(['prospecting', 'engaging', 'won', 'lost']);
export type LegacyStage = z.infer<typeof legacyStageSchema>;

const legacyDealSchema = z.object({
  source: z.object({ system: z.string().min(1), reference: z.string().min(1) }),
  partnerId: idSchema,
  /** Null where the source names no account: the deal stays unlinked. */
  accountId: idSchema.nullable(),
  /** As the source spells it. */
  accountName: z.string().min(1).nullable(),
  productLine: z.string().min(1),
  /** The source's own spelling, where it was mapped to the line. */
  productAsGiven: z.string().min(1).nullable(),
  stage: legacyStageSchema,
  value: moneySchema.nullable(),
  openedOn: daySchema.nullable(),
  closedOn: daySchema.nullable(),
  /** When the source says that this was so. */
  assertedAt: instantSchema,
  /** Where it was read: SHA-256 of the file, and the row counted from 1 below the header. */
  row: z.object({ fileHash: z.string().regex(/^[0-9a-f]{64}$/), number: z.int().positive() }),
});
export type LegacyDeal = z.infer<typeof legacyDealSchema>;

export const legacyDealRecorded = defineEvent(
  'legacy-deal-recorded',
  'Keeps a sale as another system knew it: no completeness test, no window, no claim on anything. Recorded once: a ' +
    'later import that says otherwise is refused and reported, since an import must not rewrite what reports rest on.',
  legacyDealSchema,
);

export const dealEvents = [legacyDealRecorded] as const;

export type DealEvent = EventOf<typeof dealEvents>;
