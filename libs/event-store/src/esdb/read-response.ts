import type { Position } from '@tempore/kernel';
import { BinaryReader } from 'google-protobuf';

/** An event as the server sends it; data and metadata are read where they are JSON, and bytes where they are not. */
export interface SentEvent {
  readonly streamId: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly position: Position;
}

/** What one message of a subscription says. What else a server may tell is left out. */
export interface Told {
  readonly event?: SentEvent;
  /** Everything at or before this place that the filter lets through has been sent. */
  readonly checkpoint?: Position;
  readonly caughtUp?: true;
}

/**
 * Reads a `ReadResp` of `streams.proto`: of its fields those that a follower of the log needs, straight into what it
 * works with. The generated classes hold every field first, and are then read once more: that costs half as much again
 * (docs/adr/0013).
 */
export const readResponse = (message: Uint8Array): Told => {
  const told: Writable<Told> = {};
  response(told, new BinaryReader(message));
  return told;
};

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads one field of a message into what the message becomes. */
type Field<T> = (into: T, reader: BinaryReader) => void;

/** A message whose fields are known by their numbers; others are passed over. */
const message =
  <T>(fields: Readonly<Record<number, Field<T>>>): Field<T> =>
  (into, reader) => {
    while (reader.nextField()) {
      const field = fields[reader.getFieldNumber()];
      if (field) field(into, reader);
      else reader.skipField();
    }
  };

/** A message within a message, read into the same. */
const within = <T>(fields: Readonly<Record<number, Field<T>>>): Field<T> => {
  const read = message(fields);
  return (into, reader) => {
    reader.readMessage(into, read);
  };
};

const uint64 = (reader: BinaryReader): bigint => BigInt(reader.readUint64String());

const content = (reader: BinaryReader): unknown => {
  const { buffer, byteOffset, length } = reader.readBytes();
  const bytes = Buffer.from(buffer, byteOffset, length);
  if (length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return bytes;
  }
};

interface Place {
  commit: bigint;
  prepare: bigint;
}

/** `shared.proto`: `UUID` as text, as it was asked for, and `StreamIdentifier`, whose name is UTF-8. */
const id = within<Writable<SentEvent>>({ 2: (event, reader) => (event.id = reader.readString()) });
const streamName = within<Writable<SentEvent>>({ 3: (event, reader) => (event.streamId = reader.readString()) });

const mapEntry = message<{ key: string; value: string }>({
  1: (entry, reader) => (entry.key = reader.readString()),
  2: (entry, reader) => (entry.value = reader.readString()),
});

const systemMetadata: Field<Writable<SentEvent>> = (event, reader) => {
  const entry = { key: '', value: '' };
  reader.readMessage(entry, mapEntry);
  if (entry.key === 'type') event.type = entry.value;
};

const recordedEvent = message<Writable<SentEvent> & { readonly position: Place }>({
  1: id,
  2: streamName,
  3: (event, reader) => (event.revision = uint64(reader)),
  4: ({ position }, reader) => (position.prepare = uint64(reader)),
  5: ({ position }, reader) => (position.commit = uint64(reader)),
  6: systemMetadata,
  7: (event, reader) => (event.metadata = content(reader)),
  8: (event, reader) => (event.data = content(reader)),
});

const event: Field<Writable<Told>> = (told, reader) => {
  const position = { commit: 0n, prepare: 0n };
  told.event = { streamId: '', revision: 0n, id: '', type: '', data: undefined, metadata: undefined, position };
  reader.readMessage(told.event, recordedEvent);
};

const place = message<Place>({
  1: (at, reader) => (at.commit = uint64(reader)),
  2: (at, reader) => (at.prepare = uint64(reader)),
});

const checkpoint: Field<Writable<Told>> = (told, reader) => {
  const at = { commit: 0n, prepare: 0n };
  reader.readMessage(at, place);
  told.checkpoint = at;
};

const caughtUp: Field<Writable<Told>> = (told, reader) => {
  told.caughtUp = true;
  reader.skipField();
};

const response = message<Writable<Told>>({ 1: within({ 1: event }), 3: checkpoint, 8: caughtUp });
