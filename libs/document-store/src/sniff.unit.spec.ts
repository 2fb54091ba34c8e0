import { sniff } from '.';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A ZIP archive, as office files are, that begins with these entries, each stored as it is. */
const zip = (...entries: readonly (readonly [name: string, content: string])[]): Buffer =>
  Buffer.concat(
    entries.map(([name, content]) => {
      const header = Buffer.alloc(30);
      header.writeUInt32LE(0x04034b50, 0);
      header.writeUInt16LE(20, 4);
      header.writeUInt32LE(content.length, 18);
      header.writeUInt32LE(content.length, 22);
      header.writeUInt16LE(name.length, 26);
      return Buffer.concat([header, bytes(name), bytes(content)]);
    }),
  );

const office = (part: string): Buffer =>
  zip([
    '[Content_Types].xml',
    `<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.${part}.main+xml"/></Types>`,
  ]);

/** A compound file whose root is of a class. */
const compound = (rootClass: string): Buffer => {
  const file = Buffer.alloc(2_048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  Buffer.from(rootClass, 'hex').copy(file, 1_024 + 80);
  return file;
};

const MAIL = 'Received: by mx.example\r\n\tfor us\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\nFrom: a@b.example\r\n\r\n';

describe('what a content is, by its bytes', () => {
  it.each([
    ['a PDF', bytes('%PDF-1.7\n'), 'application/pdf'],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080200000049444154', 'hex'), 'image/png'],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100', 'hex'), 'image/jpeg'],
    ['a Word document', office('wordprocessingml.document'), /wordprocessingml\.document$/],
    ['an Excel sheet', office('spreadsheetml.sheet'), /spreadsheetml\.sheet$/],
    ['an Outlook message', compound('0b0d020000000000c000000000000046'), 'application/vnd.ms-outlook'],
    ['a calendar entry', bytes('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n'), 'text/calendar'],
    ['a mail', bytes(MAIL), 'message/rfc822'],
    ['a mail in another character set', bytes(`${MAIL}Gr\xfc\xdfe`), 'message/rfc822'],
    ['a mail out of a mailbox file', bytes(`From a@b.example Mon Mar  2\r\n${MAIL}`), 'message/rfc822'],
    ['plain text', Buffer.from('Grüße aus Zürich\n'), 'text/plain'],
    ['a text that speaks of headers', bytes('Subject: hello\n\nbody'), 'text/plain'],
  ])('given %s, then it is found out', async (_, content, mediaType) => {
    expect(await sniff(content)).toEqual(expect.stringMatching(mediaType));
  });

  it.each([
    ['a Windows executable', bytes('MZ\x90\0\x03\0\0\0'), 'application/x-msdownload'],
    ['a Linux executable', bytes('\x7fELF\x02\x01\x01\0'), 'application/x-elf'],
    ['an installer, a compound file like an Outlook message', compound('84100c00000000c000000000000046'), /cfb/],
    ['a page', bytes('\n  <!DOCTYPE html><html>'), 'text/html'],
    ['a page without a head', bytes('<script>alert(1)</script>'), 'text/html'],
    ['a page behind a byte order mark', Buffer.from('\ufeff<html>'), 'text/html'],
    ['a picture with scripts', bytes('<svg xmlns="http://www.w3.org/2000/svg">'), /html|xml/],
    ['a shell script', bytes('#!/bin/sh\nrm -rf /\n'), 'text/x-shellscript'],
  ])('given %s, then it never passes for a text or a document', async (_, content, mediaType) => {
    expect(await sniff(content)).toEqual(expect.stringMatching(mediaType));
  });

  it.each([
    ['bytes of no known kind', Buffer.from('00010203fefdfc', 'hex')],
    ['text that is not UTF-8', bytes('Gr\xfc\xdfe')],
    ['text with a NUL', bytes('a\0b')],
  ])('given %s, then nothing is claimed', async (_, content) => {
    expect(await sniff(content)).toBeUndefined();
  });

  it('given a text cut in the middle of a character, then it is a text all the same', async () => {
    expect(await sniff(Buffer.from('Grüße').subarray(0, 3))).toBe('text/plain');
  });
});
