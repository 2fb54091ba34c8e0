import { idSchema } from '@tempore/kernel';
import { z } from 'zod';

import { sha256Schema } from './deal.content';

/**
 * What a partner said, by the event in which it stands and the hash of the whole of it. `hashVersion` says what was
 * hashed; it is absent for version 1, which was the first.
 */
export const contentRefSchema = z.object({
  eventId: idSchema,
  hash: sha256Schema,
  hashVersion: z.literal(2).optional(),
});
export type ContentRef = Readonly<z.infer<typeof contentRefSchema>>;

/**
 * Version 1 hashes people with their ciphertexts, which only this system knows. Version 2 hashes each sealed value as
 * its commitment alone. Either way a hash can still be checked when somebody was forgotten.
 */
export type HashVersion = 1 | 2;

export const HASH_VERSION = 2;

export const hashVersionOf = ({ hashVersion }: Pick<ContentRef, 'hashVersion'>): HashVersion => hashVersion ?? 1;
