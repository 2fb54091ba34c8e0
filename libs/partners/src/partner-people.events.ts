import { defineEvent, type EventOf, idSchema, instantSchema, reasonSchema, showsWithActor } from '@tempore/kernel';
import { sealedPersonSchema } from '@messages/people';
import { z } from 'zod';

const certificateSchema = z.object({
  certificateId: idSchema,
  personId: idSchema,
  productLine: z.string().trim().min(1),
  validFrom: instantSchema,
  /** The instant at which it lapses. */
  validUntil: instantSchema,
});
export type Certificate = Readonly<z.infer<typeof certificateSchema>>;

export const partnerPersonJoined = defineEvent(
  'partner-person-joined',
  'Somebody works for the partner: from here on their certificates may count for it, and they are asked whether the address they are named with is theirs.',
  z.object({
    personId: idSchema,
    /** Null where who they are is not said here. */
    person: sealedPersonSchema.nullable(),
  }),
  {
    upcasters: [(data) => ({ ...(data as object), person: null })],
    shown: { partner: showsWithActor('personId', 'person') },
  },
);

export const partnerPersonLeft = defineEvent(
  'partner-person-left',
  'Somebody works for the partner no more: their certificates stop counting for it at this instant.',
  z.object({ personId: idSchema }),
  { shown: { partner: showsWithActor('personId') } },
);

export const partnerPersonInvited = defineEvent(
  'partner-person-invited',
  'Somebody who has not confirmed their address is asked once more: the first mail was lost, or its link is too old.',
  z.object({ personId: idSchema }),
  { shown: { partner: showsWithActor('personId') } },
);

export const partnerPersonAddressConfirmed = defineEvent(
  'partner-person-address-confirmed',
  'Whoever reads the mail of an address has said that it is theirs and that they want it: from here on notices to the partner are mailed there.',
  z.object({
    personId: idSchema,
    /** Of the address that was confirmed. */
    commitment: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  { shown: { partner: showsWithActor('personId') } },
);

export const certificateRecorded = defineEvent(
  'certificate-recorded',
  'One of the partner’s people may sell a line: counts for this partner from when it was recorded until it lapses.',
  certificateSchema,
);

export const certificateRevoked = defineEvent(
  'certificate-revoked',
  'A certificate was taken back, or recorded in error: it stops counting at this instant.',
  z.object({ certificateId: idSchema, reason: reasonSchema }),
);

export const partnerPeopleEvents = [
  partnerPersonJoined,
  partnerPersonLeft,
  partnerPersonInvited,
  partnerPersonAddressConfirmed,
  certificateRecorded,
  certificateRevoked,
] as const;

export type PartnerPeopleEvent = EventOf<typeof partnerPeopleEvents>;
