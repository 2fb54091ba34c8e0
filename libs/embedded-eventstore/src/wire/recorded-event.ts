import { ReadResp } from '@eventstore/db-client/generated/streams_pb';

import { structuredUuid } from './uuid';
import { fieldSize, WireWriter } from './wire-writer';

export type RecordedEvent = {
  /** Canonical UUID. */
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly type: string;
  readonly contentType: string;
  readonly createdMs: number;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
};

const ID = 1;
const STREAM = 2;
const REVISION = 3;
const PREPARE_POSITION = 4;
const COMMIT_POSITION = 5;
const SYSTEM_METADATA = 6;
const CUSTOM_METADATA = 7;
const DATA = 8;

const TICKS_PER_MILLISECOND = 10_000n;

/** A UUID as text: the field `string` (2) with its 36 characters. */
const ID_FIELD_SIZE = fieldSize(fieldSize(36));

/**
 * The message `ReadResp.ReadEvent.RecordedEvent`, finished once when the event is appended. The id stands first, so
 * that it can be exchanged for the other form of UUID without reading the rest.
 */
export const encodeRecordedEvent = (event: RecordedEvent): Buffer => {
  const stream = Buffer.from(event.stream, 'utf8');
  const type = Buffer.from(event.type, 'utf8');
  const contentType = Buffer.from(event.contentType, 'utf8');
  const created = Buffer.from(String(BigInt(event.createdMs) * TICKS_PER_MILLISECOND));
  const room = 256 + stream.length + type.length + contentType.length + event.metadata.length + event.data.length;
  const writer = WireWriter.ofSize(room).header(ID, fieldSize(36)).text(2, event.id);
  writer.header(STREAM, fieldSize(stream.length)).bytes(3, stream);
  writer.uint64(REVISION, event.revision);
  writer.uint64(PREPARE_POSITION, event.position).uint64(COMMIT_POSITION, event.position);
  systemMetadata(writer, TYPE, type);
  systemMetadata(writer, CONTENT_TYPE, contentType);
  systemMetadata(writer, CREATED, created);
  if (event.metadata.length > 0) writer.bytes(CUSTOM_METADATA, event.metadata);
  if (event.data.length > 0) writer.bytes(DATA, event.data);
  return writer.finish();
};

/** The same message with the id in two halves, as callers may ask for it. */
export const withStructuredId = (event: Buffer): Buffer => {
  const id = structuredUuid(event.toString('latin1', ID_FIELD_SIZE - 36, ID_FIELD_SIZE)).serializeBinary();
  const rest = event.subarray(ID_FIELD_SIZE);
  return Buffer.concat([WireWriter.ofSize(fieldSize(id.length)).bytes(ID, id).finish(), rest]);
};

export const decodeRecordedEvent = (event: Buffer): ReadResp.ReadEvent.RecordedEvent =>
  ReadResp.ReadEvent.RecordedEvent.deserializeBinary(event);

const TYPE = Buffer.from('type');
const CONTENT_TYPE = Buffer.from('content-type');
const CREATED = Buffer.from('created');

const systemMetadata = (writer: WireWriter, key: Buffer, value: Buffer): void => {
  writer
    .header(SYSTEM_METADATA, fieldSize(key.length) + fieldSize(value.length))
    .bytes(1, key)
    .bytes(2, value);
};
