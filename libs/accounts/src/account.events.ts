import { defineEvent, type EventOf, idSchema, instantSchema } from '@tempore/kernel';
import { z } from 'zod';

import { accountFactEvents } from './account-facts.events';

/**
 * What identifies a customer beyond doubt, in normal form: a registry number (`DE:HRB12345`) or a registrable domain
 * (`contoso.com`, ASCII). Made by `registryKey` and `domainKey`.
 */
export const accountKeySchema = z.object({ kind: z.enum(['registry', 'domain']), value: z.string().min(1) });
export type AccountKey = Readonly<z.infer<typeof accountKeySchema>>;

/** The name under which another system knows a customer. */
const sourceSchema = z.object({ system: z.string().min(1), name: z.string().min(1) });
export type AccountSource = Readonly<z.infer<typeof sourceSchema>>;

/** All that is known of a customer when it is opened. Made by `openingOf`. */
export const accountOpeningSchema = z.object({
  legalName: z.string().trim().min(1),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** In the order in which they are claimed. */
  keys: z.array(accountKeySchema),
  source: sourceSchema.nullable(),
});
export type AccountOpening = z.infer<typeof accountOpeningSchema>;

export const accountOpened = defineEvent(
  'account-opened',
  'One customer gets its one identity, after its keys were claimed; dockets and deals hang on it from here on.',
  accountOpeningSchema,
);

export const accountAliasAdded = defineEvent(
  'account-alias-added',
  'The customer is, or was, also known by this name: whoever uses it means this account.',
  z.object({ name: z.string().trim().min(1), validFrom: instantSchema, validUntil: instantSchema.nullable() }),
);

export const accountRenamed = defineEvent(
  'account-renamed',
  'The legal name changed at an instant; the old name goes on finding the account for the time that it was valid.',
  z.object({ name: z.string().trim().min(1), validFrom: instantSchema }),
);

export const accountKeyAdded = defineEvent(
  'account-key-added',
  'A registry number or domain that the customer turned out to have as well; its key names this account already.',
  z.object({ key: accountKeySchema }),
);

export const accountKeyConflictFound = defineEvent(
  'account-key-conflict-found',
  'A filing named this customer by its registry number and another one by a domain: they may be one, or somebody erred. ' +
    'A person looks; whoever filed is told of neither.',
  z.object({ dealId: idSchema, key: accountKeySchema, otherId: idSchema }),
);

export const accountEvents = [
  accountOpened,
  accountAliasAdded,
  accountRenamed,
  accountKeyAdded,
  accountKeyConflictFound,
  ...accountFactEvents,
] as const;

export type AccountEvent = EventOf<typeof accountEvents>;
