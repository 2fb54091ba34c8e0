import { defineEvent, type EventOf, idSchema, showsWithActor } from '@tempore/kernel';
import { z } from 'zod';

import { templates } from './template';

/**
 * Whose inbox: a partner organisation's, somebody's who acts, or that of everybody who holds a role. A `person` of a partner
 * has none: they are mailed, and that is all.
 */
const addresseeSchema = z.object({ kind: z.enum(['partner', 'principal', 'role', 'person']), id: z.string().min(1) });
export type Addressee = Readonly<z.infer<typeof addresseeSchema>>;

const noticeSchema = z.object({
  addressee: addresseeSchema,
  /** Name and version of the text; the text itself is rendered when it is shown. */
  template: z.enum(templates),
  templateVersion: z.int().positive(),
  /** What the template fills in: ids, instants, codes. Never a name or an address of a person. */
  parameters: z.record(z.string(), z.string()),
  /** What it is about: `deal/<id>`. */
  subject: z.string().min(1),
  /** The event that the addressee is told of. */
  eventId: idSchema,
});
export type Notice = Readonly<z.infer<typeof noticeSchema>>;

/** Who it was mailed to: `person/<id>`, or `role/<role>` for a mailbox of the vendor's. Never the address itself. */
const mailingSchema = z.object({ recipient: z.string().min(1) });
export type Mailing = Readonly<z.infer<typeof mailingSchema>>;

export const noticeGiven = defineEvent(
  'notice-given',
  'Somebody was told: from the instant at which this stands in the inbox a clock against them may run.',
  noticeSchema,
);

export const noticeAcknowledged = defineEvent(
  'notice-acknowledged',
  'The addressee has seen a notice: nobody can say later that it never arrived.',
  z.object({}),
  { shown: { partner: showsWithActor(), 'direct-team': showsWithActor() } },
);

export const noticeMailed = defineEvent(
  'notice-mailed',
  'A notice was handed to the mail system for one of those it is for, so that it is not mailed to them twice.',
  mailingSchema,
);

export const noticeBounced = defineEvent(
  'notice-bounced',
  'The mail system would not take a notice: somebody has to reach the addressee in another way. Says codes only, for what a server answers may name a person.',
  mailingSchema.extend({ reason: z.string().min(1) }),
);

export const noticeEvents = [noticeGiven, noticeAcknowledged, noticeMailed, noticeBounced] as const;

export type NoticeEvent = EventOf<typeof noticeEvents>;
