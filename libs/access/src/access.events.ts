import { defineEvent, type EventOf } from '@tempore/kernel';
import { z } from 'zod';

const readingSchema = z.object({ of: z.enum(['document', 'document-content', 'person', 'draft']) });
export type Reading = Readonly<z.infer<typeof readingSchema>>;

export const dataRead = defineEvent(
  'data-read',
  'Somebody of the vendor’s was shown what a partner or a person had confided: whose it is may ask who has seen it.',
  readingSchema,
);

export const accessEvents = [dataRead] as const;

export type AccessEvent = EventOf<typeof accessEvents>;
