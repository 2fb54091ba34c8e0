import { defineEvent, type EventOf, idSchema, showsWithActor } from '@tempore/kernel';
import { sealedSchema } from '@messages/people';
import { vendorRoles } from '@messages/principals';
import { z } from 'zod';

/** Beside whoever uploaded it: the people of one partner, and the vendor's people with one of these roles. */
const visibleToSchema = z.object({
  partnerId: idSchema.nullable(),
  roles: z.array(z.enum(vendorRoles)),
});
export type VisibleTo = Readonly<z.infer<typeof visibleToSchema>>;

const uploadSchema = z.object({
  /** Of the content as it was uploaded, in hex; computed by the system. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** In bytes. */
  size: z.int().positive(),
  /** By its bytes, whatever the uploader says. */
  mediaType: z.string().min(1),
  /** As the uploader calls it; it may name people, so it is sealed with the document's own key. */
  fileName: sealedSchema,
  visibleTo: visibleToSchema,
});
export type Upload = Readonly<z.infer<typeof uploadSchema>>;

export const documentUploaded = defineEvent(
  'document-uploaded',
  'Somebody hands in a document: from here on nobody can say that it was another, or came at another time.',
  uploadSchema,
  {
    shown: {
      partner: showsWithActor('sha256', 'size', 'mediaType', 'visibleTo'),
      'direct-team': showsWithActor('sha256', 'size', 'mediaType', 'visibleTo'),
    },
  },
);

export const documentEvents = [documentUploaded] as const;

export type DocumentEvent = EventOf<typeof documentEvents>;
