import { createHash } from 'node:crypto';

/** Keys are big-endian, so that lmdb's byte order is the order of the numbers. */
export const positionKey = (position: bigint): Buffer => {
  const key = Buffer.allocUnsafe(8);
  key.writeBigUInt64BE(position);
  return key;
};

export const positionOf = (key: Buffer): bigint => key.readBigUInt64BE(0);

export const revisionKey = (streamId: number, revision: bigint): Buffer => {
  const key = Buffer.allocUnsafe(12);
  key.writeUInt32BE(streamId, 0);
  key.writeBigUInt64BE(revision, 4);
  return key;
};

export const revisionOf = (key: Buffer): bigint => key.readBigUInt64BE(4);

/** lmdb keys end at 1,978 bytes; names do not. A long one is known by its hash, which no short one can be taken for. */
const LONGEST_PLAIN_KEY = 1_024;

export const nameKey = (name: string): Buffer => {
  const bytes = Buffer.from(name, 'utf8');
  return bytes.length <= LONGEST_PLAIN_KEY
    ? Buffer.concat([Buffer.of(0), bytes])
    : Buffer.concat([Buffer.of(1), createHash('sha256').update(bytes).digest()]);
};
