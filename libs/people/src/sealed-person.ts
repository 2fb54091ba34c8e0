import { idSchema } from '@tempore/kernel';
import { z } from 'zod';

/**
 * A value as events keep it where it may have to be forgotten: readable with a key that can be destroyed, and provable
 * for ever by a hash over domain tag, field, salt and value.
 */
export const sealedSchema = z.object({
  ciphertext: z.base64url().min(1),
  commitment: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Sealed = Readonly<z.infer<typeof sealedSchema>>;

/** What is kept of a natural person. */
export const personFields = ['name', 'email', 'phone', 'position'] as const;
export type PersonField = (typeof personFields)[number];

/**
 * A natural person as any event carries one, whole each time: views find the shape wherever it stands in an event, so an
 * event that carries personal data has nothing more to do than to use it.
 */
export const sealedPersonSchema = z.object({
  personId: idSchema,
  /** The organisation that entered the person and may read it; null where the vendor did. */
  partnerId: idSchema.nullable(),
  fields: z.partialRecord(z.enum(personFields), sealedSchema),
});
export type SealedPerson = Readonly<z.infer<typeof sealedPersonSchema>>;

/** Every person that stands in an event's data, however deep. */
export const personsIn = (data: unknown): readonly SealedPerson[] => {
  if (typeof data !== 'object' || data === null) return [];
  if ('personId' in data && 'fields' in data) {
    const person = sealedPersonSchema.safeParse(data);
    if (person.success) return [person.data];
  }
  return Object.values(data).flatMap(personsIn);
};
