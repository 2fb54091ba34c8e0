import { createCipheriv, createDecipheriv, type DecipherGCM, type KeyObject, randomBytes } from 'node:crypto';

import type { Content } from './object-store';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What is held back while content is opened: the tag at its end, and the last byte, until the tag was checked. */
const HELD_BYTES = TAG_BYTES + 1;

/** The stored bytes were changed, cut, or are those of another document. */
export class ContentBroken extends Error {
  override readonly name = 'ContentBroken';

  constructor(about: string) {
    super(`The content of ${about} is not what was stored`);
  }
}

/** Encrypts a content on its way to the store: IV, ciphertext, tag. What it is about is bound in. */
export async function* sealContent(key: KeyObject, about: string, content: Content): AsyncGenerator<Buffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(about));
  yield iv;
  for await (const chunk of content) yield cipher.update(chunk);
  yield cipher.final();
  yield cipher.getAuthTag();
}

/** Decrypts a stored content. Throws `ContentBroken` before the last byte where one was changed: it never comes whole. */
export async function* openContent(key: KeyObject, about: string, sealed: Content): AsyncGenerator<Buffer> {
  let decipher: DecipherGCM | undefined;
  let pending = Buffer.alloc(0);
  for await (const chunk of sealed) {
    pending = Buffer.concat([pending, chunk]);
    if (!decipher && pending.length >= IV_BYTES) {
      decipher = createDecipheriv(ALGORITHM, key, pending.subarray(0, IV_BYTES)).setAAD(Buffer.from(about));
      pending = pending.subarray(IV_BYTES);
    }
    if (decipher && pending.length > HELD_BYTES) {
      yield decipher.update(pending.subarray(0, -HELD_BYTES));
      pending = pending.subarray(-HELD_BYTES);
    }
  }
  if (!decipher || pending.length < TAG_BYTES) throw new ContentBroken(about);
  yield finish(decipher, about, pending);
}

const finish = (decipher: DecipherGCM, about: string, end: Buffer): Buffer => {
  decipher.setAuthTag(end.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(end.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new ContentBroken(about);
  }
};
