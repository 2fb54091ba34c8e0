import { documentRefSchema, touchKindSchema } from '@messages/deals';
import { sealedPersonSchema } from '@messages/people';
import { idSchema, instantSchema } from '@tempore/kernel';
import { z } from 'zod';

/** A dated contact with the customer. What it says is claimed; that it was recorded, and when, is certain. */
export const touchSchema = z.object({
  touchId: idSchema,
  kind: touchKindSchema,
  direction: z.enum(['outbound', 'inbound', 'two-way']),
  /** When it happened, as claimed. */
  happenedAt: instantSchema,
  counterpart: sealedPersonSchema.nullable(),
  evidence: z.array(documentRefSchema),
});
export type Touch = Readonly<z.infer<typeof touchSchema>>;

/** Both sides took part, somebody is named, and a document shows it (rulebook 1). The vendor's own team is held to the same. */
export const isProgress = ({ direction, counterpart, evidence }: Touch): boolean =>
  direction === 'two-way' && counterpart?.fields.name !== undefined && evidence.length > 0;
