import type { MailedLinks, Mails } from '@tempore/acts';
import { NOBODY } from '@tempore/event-store';
import { deriveId, parseInstant } from '@tempore/kernel';
import { type GivenNotice, type Notice, notice, type NoticeCommand, render } from '@tempore/notices';
import { partner, unconfirmedAddress } from '@tempore/partners';
import type { MailSettings } from '@tempore/settings';
import type { Logger } from 'pino';

import type { Clock } from '../../../composition/src/clock';
import type { Stores } from '../../../composition/src/stores';
import { forgetPerson, forgetUnsorted, peopleIn } from './mail-folder';
import { dequeueMail, dueMails, enqueueMail, postponeMail, type QueuedMail } from './mail-queue';
import type { Mailer } from './mailer';
import { type Recipient, recipientsOf } from './recipients';

const AT_ONCE = 50;
/** As long as mail servers try (RFC 5321, 4.5.4.1): with the longest pause between two tries, some five days. */
const TRIES = 130;

export interface Mailing {
  readonly links: MailedLinks;
  /** Where people reach the API. */
  readonly publicUrl: string;
  readonly mailer: Mailer;
  /** Where mails lie as files while no server is set. */
  readonly folder: string;
  readonly settings: MailSettings;
  readonly logger: Logger;
}

/** Mails from a queue, by a mailer, and records of each notice to whom it was mailed. */
export const mailsBy = (
  stores: Pick<Stores, 'runner' | 'vault' | 'readSide'>,
  clock: Clock,
  { mailer, settings, logger, links, publicUrl, folder }: Mailing,
): Mails => {
  const { runner } = stores;
  const { pool } = stores.readSide;

  const record = async (noticeId: string, command: NoticeCommand, recipient: string): Promise<void> => {
    const commandId = deriveId('record-mail', noticeId, recipient, command.type);
    const meta = { commandId, requestHash: '', actor: NOBODY, now: clock(), correlationId: commandId };
    await runner.run(notice, noticeId, command, meta, {});
  };

  /** What only this mail holds: the link by which its reader says that the address is theirs. */
  const actingLink = async ({ addressee, template, parameters }: Notice): Promise<Notice['parameters']> => {
    const { partnerId, confirmBy } = parameters;
    if (template !== 'address-to-confirm' || !partnerId || !confirmBy) return {};
    const { state } = await runner.read(partner, partnerId);
    const address = state.status === 'none' ? undefined : unconfirmedAddress(state.people, addressee.id);
    if (!address) return {};
    const { commitment } = address;
    const token = links.sign({ partnerId, personId: addressee.id, commitment, until: parseInstant(confirmBy) });
    return { link: new URL(`address-confirmations?token=${token}`, `${publicUrl.replace(/\/+$/, '')}/v1/`).href };
  };

  const mail = async (noticeId: string, { notice: given, givenAt }: GivenNotice, to: Recipient): Promise<void> => {
    const { recipient, address } = to;
    const { title, body } = render(given, await actingLink(given));
    const id = deriveId('mail', noticeId, recipient);
    const sent = await mailer.send({ id, recipient, to: address, subject: title, text: body, date: new Date(givenAt) });
    await (sent.refused
      ? record(noticeId, { type: 'RecordBounced', data: { recipient, reason: sent.reason } }, recipient)
      : record(noticeId, { type: 'RecordMailed', data: { recipient } }, recipient));
  };

  /** Mails to everybody who waits for it; one of them whom that fails for holds up no other. */
  const mailAll = async (queued: QueuedMail): Promise<void> => {
    const { noticeId } = queued;
    const { state } = await runner.read(notice, noticeId);
    if (state.status === 'none') return dequeueMail(pool, noticeId);
    const recipients = await recipientsOf(stores, settings, state.notice);
    let later = false;
    for (const to of recipients.filter(({ recipient }) => !state.mail.has(recipient))) {
      try {
        await mail(noticeId, state, to);
      } catch (error) {
        // What a mail library says of a failure may hold the address: its code tells enough.
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        logger.warn({ noticeId, tries: queued.tries, code, responseCode }, 'could not be mailed');
        if (queued.tries < TRIES) later = true;
        else {
          const { recipient } = to;
          await record(noticeId, { type: 'RecordBounced', data: { recipient, reason: 'undelivered' } }, recipient);
        }
      }
    }
    await (later ? postponeMail(pool, queued) : dequeueMail(pool, noticeId));
  };

  return {
    enqueue: (noticeId) => enqueueMail(pool, noticeId),
    waiting: async () =>
      (await dueMails(pool, AT_ONCE)).map((queued) => ({
        about: { notice: queued.noticeId },
        run: () => mailAll(queued),
      })),
    keptFor: async () => {
      await forgetUnsorted(folder);
      return peopleIn(folder);
    },
    forget: (personId) => forgetPerson(folder, personId),
  };
};
