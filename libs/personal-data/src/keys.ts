import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;

/** A key object and not bytes: it shows nothing of itself where somebody logs it. */
export const newKey = (): KeyObject => createSecretKey(randomBytes(KEY_BYTES));

/** A key for one purpose, out of one for several (RFC 5869). */
export const derivedKey = (key: KeyObject, purpose: string, salt: Uint8Array = Buffer.alloc(0)): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, purpose, KEY_BYTES)));
