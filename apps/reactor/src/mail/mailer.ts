import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { MailSettings } from '@tempore/settings';
import { createTransport, type SendMailOptions } from 'nodemailer';

import { folderOf } from './mail-folder';

export interface Mail {
  /** The same for every try, so that whoever gets it twice sees one. */
  readonly id: string;
  /** As events name who it is for: `person/<id>`, `role/<role>`. */
  readonly recipient: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
}

export type Sent = { readonly refused: false } | { readonly refused: true; readonly reason: string };

export interface Mailer {
  /** Hands a mail over. Throws where it may be taken later. */
  send(mail: Mail): Promise<Sent>;
}

/** How long a mail server may keep silent before the mail is left for later. */
const SILENCE_MS = 10_000;

/** Mails by SMTP; into a folder, as files that mail programs open, where no server is set. */
export const openMailer = ({ smtpUrl, from }: MailSettings, folder: string): Mailer =>
  smtpUrl === undefined ? folderMailer(folder, from) : smtpMailer(smtpUrl, from);

const messageOf = ({ id, to, subject, text, date }: Mail, from: string): SendMailOptions => ({
  from,
  to: { name: '', address: to },
  subject,
  text,
  date,
  messageId: `<${id}@${/@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'}>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
});

const smtpMailer = (url: string, from: string): Mailer => {
  const transport = createTransport({
    url,
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: SILENCE_MS,
  });
  return {
    send: async (mail) => {
      try {
        await transport.sendMail(messageOf(mail, from));
        return { refused: false };
      } catch (error) {
        const reason = refusalIn(error);
        if (reason === undefined) throw error;
        return { refused: true, reason };
      }
    },
  };
};

interface SmtpFailure {
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/** What was said of this one mail for good. A login or a sender that is refused is our own fault, and can be mended. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);

/** The codes of a permanent refusal (RFC 5321, RFC 3463), without the words, which may name a person. */
const refusalIn = (error: unknown): string | undefined => {
  const { responseCode = 0, response = '', command = '' } = error as SmtpFailure;
  if (responseCode < 500 || responseCode > 599 || !ABOUT_THE_MAIL.has(command)) return undefined;
  const enhanced = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return enhanced === undefined ? responseCode.toString() : `${responseCode} ${enhanced}`;
};

const folderMailer = (folder: string, from: string): Mailer => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(messageOf(mail, from));
      const own = folderOf(folder, mail.recipient);
      await mkdir(own, { recursive: true, mode: 0o700 });
      // Whole or not at all, and the same file for the same mail.
      const draft = join(own, `.${mail.id}`);
      await writeFile(draft, message as Buffer, { mode: 0o600 });
      await rename(draft, join(own, `${mail.id}.eml`));
      return { refused: false };
    },
  };
};
