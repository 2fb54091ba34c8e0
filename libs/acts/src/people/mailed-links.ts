import { createHmac, timingSafeEqual } from 'node:crypto';

import { addDays, idSchema, type Instant, instantSchema, Refusal } from '@tempore/kernel';
import { z } from 'zod';

import type { Secrets } from '../secrets';

/** So long a link in a mail acts at most (rulebook 3). */
const LINK_DAYS = 7;

const confirmationSchema = z.object({
  partnerId: idSchema,
  personId: idSchema,
  /** Of the address that the link is mailed to. */
  commitment: z.string(),
  until: instantSchema,
});
/** What whoever holds the link may say: that an address is theirs. */
export type AddressConfirmation = Readonly<z.infer<typeof confirmationSchema>>;

export const linkEnds = (mailedAt: Instant): Instant => addDays(mailedAt, LINK_DAYS);

/** What links in mails carry: signed, so that nobody makes one, and good for one act of one person. */
export class MailedLinks {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.key('mailed-link');
  }

  sign(confirmation: AddressConfirmation): string {
    const content = Buffer.from(JSON.stringify(confirmation)).toString('base64url');
    return `${content}.${this.signatureOf(content).toString('base64url')}`;
  }

  /** Throws `LINK_UNKNOWN` or `LINK_EXPIRED`. */
  open(token: string, now: Instant): AddressConfirmation {
    const [content = '', signature = ''] = token.split('.');
    const [given, right] = [Buffer.from(signature, 'base64url'), this.signatureOf(content)];
    if (given.length !== right.length || !timingSafeEqual(given, right))
      throw new Refusal('LINK_UNKNOWN', 'invalid', 'token is none that this installation has mailed.', {
        remedy: 'Open the link as it stands in the mail, whole.',
      });
    const confirmation = confirmationSchema.parse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')));
    if (confirmation.until <= now)
      throw new Refusal('LINK_EXPIRED', 'conflict', `The link ended at ${confirmation.until}.`, {
        remedy: 'Ask an administrator of the partner to invite you again.',
      });
    return confirmation;
  }

  private signatureOf(content: string): Buffer {
    return createHmac('sha256', this.key).update(content).digest();
  }
}
