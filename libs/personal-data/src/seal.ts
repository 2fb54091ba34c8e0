import { createCipheriv, createDecipheriv, createHash, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

import { framed } from './bytes';
import { derivedKey } from './keys';

/** What a value is of: whose key it is sealed with, and which of their fields it fills. */
export interface Place {
  /** `person/<id>`. */
  readonly owner: string;
  /** The field's path: `email`. */
  readonly path: string;
}

/** A value as it may stand in the log for ever. */
export interface SealedValue {
  /** Base64url; opened by the owner's key only. */
  readonly ciphertext: string;
  /** Hex SHA-256 over domain tag, path, salt and value: proves the value to whom it is opened, and nothing to others. */
  readonly commitment: string;
}

/** The ciphertext was changed, belongs elsewhere, or was sealed with another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';

  constructor({ owner, path }: Place) {
    super(`${path} of ${owner} does not open: changed, of another place, or sealed with another key`);
  }
}

const FORMAT = 1;
const SALT_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
/** The plain text is filled up to a multiple of this, so that a ciphertext does not tell a short name from a long one. */
const BLOCK_BYTES = 64;

export const commitmentOf = (path: string, salt: Uint8Array, value: string): string =>
  createHash('sha256')
    .update(framed('tempore/commitment/1', path, salt, value))
    .digest('hex');

/**
 * Seals a value with its owner's key (AES-256-GCM; owner and path are bound in).
 *
 * Salt and IV are a keyed hash of the command, the place and the value: to whoever lacks the key they are random, and a
 * command that is sent again seals to the same bytes, so that a retry can never put another event under the same id.
 */
export const seal = (key: KeyObject, place: Place, value: string, commandId: string): SealedValue => {
  const random = createHmac('sha512', derivedKey(key, 'tempore/seal/salt'))
    .update(framed(commandId, place.owner, place.path, value))
    .digest();
  const salt = random.subarray(0, SALT_BYTES);
  const iv = random.subarray(SALT_BYTES, SALT_BYTES + IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', derivedKey(key, 'tempore/seal/value'), iv).setAAD(boundTo(place));
  const sealed = Buffer.concat([cipher.update(fill(salt, value)), cipher.final()]);
  return {
    ciphertext: Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), sealed]).toString('base64url'),
    commitment: commitmentOf(place.path, salt, value),
  };
};

/** The value of a sealed field, checked against its commitment. Throws `SealBroken`. */
export const open = (key: KeyObject, place: Place, { ciphertext, commitment }: SealedValue): string => {
  const opened = decipher(key, place, Buffer.from(ciphertext, 'base64url'));
  if (!opened || opened.length < SALT_BYTES + LENGTH_BYTES) throw new SealBroken(place);
  const salt = opened.subarray(0, SALT_BYTES);
  const start = SALT_BYTES + LENGTH_BYTES;
  const value = opened.subarray(start, start + opened.readUInt32BE(SALT_BYTES)).toString('utf8');
  if (!isSame(commitmentOf(place.path, salt, value), commitment)) throw new SealBroken(place);
  return value;
};

const decipher = (key: KeyObject, place: Place, bytes: Buffer): Buffer | undefined => {
  const [iv, tag, sealed] = cut(bytes.subarray(1), IV_BYTES, TAG_BYTES);
  if (bytes[0] !== FORMAT || tag.length < TAG_BYTES) return undefined;
  try {
    const cipher = createDecipheriv('aes-256-gcm', derivedKey(key, 'tempore/seal/value'), iv)
      .setAAD(boundTo(place))
      .setAuthTag(tag);
    return Buffer.concat([cipher.update(sealed), cipher.final()]);
  } catch {
    return undefined;
  }
};

const cut = (bytes: Buffer, first: number, second: number): readonly [Buffer, Buffer, Buffer] => [
  bytes.subarray(0, first),
  bytes.subarray(first, first + second),
  bytes.subarray(first + second),
];

const boundTo = ({ owner, path }: Place): Buffer => framed('tempore/seal/1', owner, path);

const fill = (salt: Uint8Array, value: string): Buffer => {
  const content = Buffer.concat([salt, framed(value)]);
  return Buffer.concat([content, Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES)]);
};

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));
