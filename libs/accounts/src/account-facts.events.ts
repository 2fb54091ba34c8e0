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
import { z } from 'zod';

const productLine = z.string().trim().min(1);

/** What of a customer only two people change together (rulebook 3). It binds later filings only. */
export const accountChangeSchema = z.discriminatedUnion('of', [
  /** Whether the vendor keeps the customer for itself. */
  z.object({ of: z.literal('house'), house: z.boolean() }),
  /** The country that decides in whose territory the customer is; null is that of the customer itself. */
  z.object({
    of: z.literal('territory'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
  }),
]);
export type AccountChange = z.infer<typeof accountChangeSchema>;

const customerTermSchema = z.object({
  termId: idSchema,
  productLine,
  from: instantSchema,
  /** The end of the term; null where it is open. */
  until: instantSchema.nullable(),
  /** Who sold it, and is first to renew it; null where the vendor did. */
  partnerOfRecord: idSchema.nullable(),
  reason: reasonSchema,
});
export type CustomerTerm = Readonly<z.infer<typeof customerTermSchema>>;

const renewalLetterSchema = z.object({
  letterId: idSchema,
  productLine,
  /** Whom the customer wants to renew. */
  partner: idSchema,
  /** The uploaded letter, where there is one. */
  documentId: idSchema.nullable(),
  reason: reasonSchema,
});
export type RenewalLetter = Readonly<z.infer<typeof renewalLetterSchema>>;

export const accountChangeProposed = defineEvent(
  'account-change-proposed',
  'Somebody wants the customer made a house account, or none, or put into another territory; until a second person ' +
    'agrees nothing is.',
  proposalSchema(accountChangeSchema),
);

export const accountChangeAdopted = defineEvent(
  'account-change-adopted',
  'A second person agrees to what the first proposed: filings from here on are judged by it.',
  adoptionSchema(accountChangeSchema),
);

export const accountChangeWithdrawn = defineEvent(
  'account-change-withdrawn',
  'A proposed change is off the table.',
  withdrawalSchema,
);

export const accountCustomerRecorded = defineEvent(
  'account-customer-recorded',
  'The customer has a line, for a term: whoever registers it is no longer selling something new.',
  customerTermSchema,
);

export const accountCustomerWithdrawn = defineEvent(
  'account-customer-withdrawn',
  'A term was recorded in error, or another one replaces it: it does not count any more.',
  z.object({ termId: idSchema, reason: reasonSchema }),
);

export const accountLetterVerified = defineEvent(
  'account-letter-verified',
  'The customer says in writing which partner is to renew a line, and the vendor has made sure that it was the customer.',
  renewalLetterSchema,
);

export const accountLetterWithdrawn = defineEvent(
  'account-letter-withdrawn',
  'The customer takes back what it wrote, or it turned out not to be the customer’s.',
  z.object({ letterId: idSchema, reason: reasonSchema }),
);

export const accountParentLinked = defineEvent(
  'account-parent-linked',
  'The customer belongs to another one. Both stand as they are: whoever looks at one is told of the other.',
  z.object({ parentId: idSchema, reason: reasonSchema }),
);

export const accountParentUnlinked = defineEvent(
  'account-parent-unlinked',
  'The customer does not belong to another one any more.',
  z.object({ reason: reasonSchema }),
);

export const accountFactEvents = [
  accountChangeProposed,
  accountChangeAdopted,
  accountChangeWithdrawn,
  accountCustomerRecorded,
  accountCustomerWithdrawn,
  accountLetterVerified,
  accountLetterWithdrawn,
  accountParentLinked,
  accountParentUnlinked,
] as const;

export type AccountFactEvent = EventOf<typeof accountFactEvents>;
