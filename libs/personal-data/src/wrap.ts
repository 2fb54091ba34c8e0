import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

import { framed } from './bytes';
import { derivedKey } from './keys';

/** A master key by the name that stands beside whatever it has wrapped. */
export interface MasterKey {
  readonly name: string;
  readonly key: KeyObject;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The name is computed from the key and tells nothing of it: whoever changes the secret need not number it. */
export const masterKey = (key: KeyObject): MasterKey => ({
  key,
  name: derivedKey(key, 'tempore/vault/name').export().subarray(0, 8).toString('hex'),
});

/** Who lacks either the master key or the owner's share has nothing. */
const wrappingKey = ({ key }: MasterKey, share: Uint8Array): KeyObject => derivedKey(key, 'tempore/vault/wrap', share);

export const wrap = (master: MasterKey, share: Uint8Array, owner: string, key: KeyObject): Buffer => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(master, share), iv).setAAD(framed('tempore/wrap/1', owner));
  const wrapped = Buffer.concat([cipher.update(key.export()), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), wrapped]);
};

/** Master key, share or owner are not those a key was wrapped for, or a bit was changed. */
export class KeyBroken extends Error {
  override readonly name = 'KeyBroken';

  constructor(owner: string) {
    super(`The key of ${owner} does not unwrap: row and share do not belong together, or one of them was changed`);
  }
}

/** Throws `KeyBroken`. */
export const unwrap = (master: MasterKey, share: Uint8Array, owner: string, wrapped: Buffer): KeyObject => {
  try {
    const cipher = createDecipheriv('aes-256-gcm', wrappingKey(master, share), wrapped.subarray(0, IV_BYTES))
      .setAAD(framed('tempore/wrap/1', owner))
      .setAuthTag(wrapped.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return createSecretKey(Buffer.concat([cipher.update(wrapped.subarray(IV_BYTES + TAG_BYTES)), cipher.final()]));
  } catch {
    throw new KeyBroken(owner);
  }
};
