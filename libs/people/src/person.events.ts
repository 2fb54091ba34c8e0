import { defineEvent, type EventOf, idSchema, instantSchema } from '@tempore/kernel';
import { z } from 'zod';

const reasonSchema = z.string().trim().min(1);

const holdSchema = z.object({
  holdId: idSchema,
  reason: reasonSchema,
  /** The hold ends by itself at this instant; null where it stands until it is lifted. */
  until: instantSchema.nullable(),
});
export type LegalHold = Readonly<z.infer<typeof holdSchema>>;

export const legalHoldPlaced = defineEvent(
  'legal-hold-placed',
  'The law or an open case needs the person’s data: whatever is asked, it is not erased before the hold ends.',
  holdSchema,
);

export const legalHoldLifted = defineEvent(
  'legal-hold-lifted',
  'The ground of a hold is gone.',
  z.object({ holdId: idSchema, reason: reasonSchema }),
);

export const erasureRequested = defineEvent(
  'erasure-requested',
  'The person asks to be forgotten, or somebody in duty bound does: from here on a clock runs against us.',
  z.object({ reason: reasonSchema }),
);

export const erasureBegun = defineEvent(
  'erasure-begun',
  'Nothing stands against the erasure any more, and nothing can be put in its way: the key is destroyed next.',
  z.object({}),
);

export const personalDataErased = defineEvent(
  'personal-data-erased',
  'The key is destroyed and nobody can read the person’s data again; whoever holds a copy must purge it.',
  z.object({}),
);

export const personEvents = [
  legalHoldPlaced,
  legalHoldLifted,
  erasureRequested,
  erasureBegun,
  personalDataErased,
] as const;

export type PersonEvent = EventOf<typeof personEvents>;
