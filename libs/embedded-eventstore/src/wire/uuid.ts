import { UUID } from '@eventstore/db-client/generated/shared_pb';

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL = '00000000-0000-0000-0000-000000000000';

/** The canonical form of a UUID in either of the protocol's forms, undefined where it is none. */
export const readUuid = (uuid: UUID | undefined): string | undefined => {
  const structured = uuid?.getStructured();
  const text = structured
    ? fromHalves(structured.getMostSignificantBits(), structured.getLeastSignificantBits())
    : uuid?.getString().toLowerCase();
  return text !== undefined && CANONICAL.test(text) && text !== NIL ? text : undefined;
};

export const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

export const uuidText = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

export const structuredUuid = (uuid: string): UUID => {
  const bytes = uuidBytes(uuid);
  return new UUID().setStructured(
    new UUID.Structured()
      .setMostSignificantBits(String(bytes.readBigInt64BE(0)))
      .setLeastSignificantBits(String(bytes.readBigInt64BE(8))),
  );
};

const fromHalves = (most: string, least: string): string => {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeBigInt64BE(BigInt(most), 0);
  bytes.writeBigInt64BE(BigInt(least), 8);
  return uuidText(bytes);
};
