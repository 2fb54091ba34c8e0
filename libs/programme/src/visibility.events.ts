import { audiences, defineEvent, type EventOf } from '@tempore/kernel';
import { z } from 'zod';

/** What one audience is shown of one stored version of a type; null where it is not told of such events. */
const shownSchema = z.object({
  audience: z.enum(audiences),
  type: z.string().min(1),
  version: z.int().positive(),
  shown: z.object({ fields: z.array(z.string().min(1)).readonly(), actor: z.boolean() }).nullable(),
});
export type ShownOf = Readonly<z.infer<typeof shownSchema>>;

export const visibilityChanged = defineEvent(
  'visibility-changed',
  'From here on partners, or the vendor’s own team, are shown this of these types of events. What stands before it goes ' +
    'on being shown as it was: nobody’s history changes by a release.',
  z.object({ types: z.array(shownSchema).min(1) }),
);

export const visibilityEvents = [visibilityChanged] as const;

export type VisibilityEvent = EventOf<typeof visibilityEvents>;
