import { fileTypeFromBuffer } from 'file-type/core';

/** How much of a content `sniff` wants to see. */
export const SNIFFED_BYTES = 65_536;

/**
 * The media type of a content by its first bytes, whatever it is called; undefined where it is none that is known.
 * What a browser would run is never taken for plain text.
 */
export const sniff = async (head: Uint8Array): Promise<string | undefined> => {
  const found = (await fileTypeFromBuffer(head))?.mime;
  if (found === 'application/x-cfb') return isOutlookMessage(head) ? 'application/vnd.ms-outlook' : found;
  return found ?? sniffText(head);
};

/** Beginnings that a browser takes for markup (WHATWG MIME Sniffing, section 7.1), and XML. */
const MARKUP =
  /^\s*<(!doctype|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg|!--|\?xml|\?php)(?=[\s>[-]|$)/i;
const CONTROL = /(?![\t\n\f\r])\p{Cc}/u;

const sniffText = (head: Uint8Array): string | undefined => {
  if (isMail(head)) return 'message/rfc822';
  const text = decodeText(head);
  if (text === undefined || CONTROL.test(text)) return undefined;
  if (MARKUP.test(text)) return 'text/html';
  if (text.startsWith('#!')) return 'text/x-shellscript';
  return 'text/plain';
};

/** As UTF-8, where it is; a character that the end of the head cuts in two is no fault. */
const decodeText = (head: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
};

/** Mail begins with header fields (RFC 5322, section 3.6), the date and the sender among them; its body may be any bytes. */
const isMail = (head: Uint8Array): boolean => {
  const lines = Buffer.from(head).toString('latin1').split(/\r?\n/);
  const fields = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (line === '') break;
    const field = /^([!-9;-~]+):/.exec(line)?.[1];
    const isFolded = index > 0 && /^[ \t]/.test(line);
    const isMailbox = index === 0 && line.startsWith('From ');
    if (field) fields.add(field.toLowerCase());
    else if (!isFolded && !isMailbox) return false;
  }
  return fields.has('date') && fields.has('from');
};

const OUTLOOK_CLASS = Buffer.from('0b0d020000000000c000000000000046', 'hex');

/** A compound file whose root is of Outlook's class (MS-CFB, sections 2.2 and 2.6.1); installers are compound files too. */
const isOutlookMessage = (head: Uint8Array): boolean => {
  const bytes = Buffer.from(head);
  if (bytes.length < 512) return false;
  const sectorBytes = 2 ** bytes.readUInt16LE(30);
  const root = (bytes.readUInt32LE(48) + 1) * sectorBytes;
  return bytes.subarray(root + 80, root + 96).equals(OUTLOOK_CLASS);
};
