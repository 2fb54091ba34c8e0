/**
 * One event of the log: what filters and retention ask about in front, then the finished `RecordedEvent` message that
 * readers are sent as it is.
 */
export type Entry = {
  readonly position: bigint;
  readonly streamId: number;
  readonly typeId: number;
  readonly revision: bigint;
  /** Milliseconds since the Unix epoch. */
  readonly createdMs: number;
  readonly event: Buffer;
};

const HEADER = 24;

export const encodeEntry = (entry: Omit<Entry, 'position'>): Buffer => {
  const bytes = Buffer.allocUnsafe(HEADER + entry.event.length);
  bytes.writeUInt32BE(entry.streamId, 0);
  bytes.writeUInt32BE(entry.typeId, 4);
  bytes.writeBigUInt64BE(entry.revision, 8);
  bytes.writeDoubleBE(entry.createdMs, 16);
  bytes.set(entry.event, HEADER);
  return bytes;
};

export const decodeEntry = (position: bigint, bytes: Buffer): Entry => ({
  position,
  streamId: bytes.readUInt32BE(0),
  typeId: bytes.readUInt32BE(4),
  revision: bytes.readBigUInt64BE(8),
  createdMs: bytes.readDoubleBE(16),
  event: bytes.subarray(HEADER),
});
