import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import fc from 'fast-check';

import { readResponse } from './read-response';

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const position = fc.record({ commit: uint64, prepare: uint64 });
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
const sent = fc.record({
  streamId: text,
  revision: uint64,
  id: fc.uuid(),
  type: text,
  data: fc.jsonValue({ maxDepth: 3 }),
  metadata: fc.jsonValue({ maxDepth: 3 }),
  position,
});
type Sent = typeof sent extends fc.Arbitrary<infer Event> ? Event : never;

const { RecordedEvent } = ReadResp.ReadEvent;

/** The event as the client's generated code writes it, in a form that goes over the wire unchanged. */
const recorded = (
  { streamId, revision, id, type, position: { commit, prepare } }: Sent,
  data: Buffer,
  metadata: Buffer,
) => {
  const event = new RecordedEvent()
    .setId(new UUID().setString(id))
    .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(streamId)))
    .setStreamRevision(revision.toString())
    .setPreparePosition(prepare.toString())
    .setCommitPosition(commit.toString())
    .setCustomMetadata(metadata)
    .setData(data);
  event.getMetadataMap().set('type', type).set('content-type', 'application/json').set('created', '17');
  return event;
};

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const parsed = (bytes: Buffer): unknown => JSON.parse(bytes.toString());

const eventResponse = (...parts: Parameters<typeof recorded>): Uint8Array => {
  const event = new ReadResp.ReadEvent().setEvent(recorded(...parts)).setCommitPosition('12');
  return new ReadResp().setEvent(event).serializeBinary();
};

describe('given what the generated code wrote', () => {
  it('when it is any event, then it is read as it was', () => {
    fc.assert(
      fc.property(sent, (event) => {
        const [data, metadata] = [json(event.data), json(event.metadata)];
        expect(readResponse(eventResponse(event, data, metadata))).toEqual({
          event: { ...event, data: parsed(data), metadata: parsed(metadata) },
        });
      }),
    );
  });

  it('when its content is no JSON, then it is there as bytes, and as nothing where there is none', () => {
    fc.assert(
      fc.property(sent, fc.uint8Array({ minLength: 1, maxLength: 20 }), (event, bytes) => {
        const content = Buffer.concat([Buffer.from('{{'), bytes]);
        const told = readResponse(eventResponse(event, content, Buffer.alloc(0)));
        expect(told.event).toMatchObject({ data: content, metadata: undefined });
      }),
    );
  });

  it('when it is a checkpoint, then its place is read', () => {
    fc.assert(
      fc.property(position, ({ commit, prepare }) => {
        const checkpoint = new ReadResp.Checkpoint()
          .setCommitPosition(commit.toString())
          .setPreparePosition(prepare.toString());
        expect(readResponse(new ReadResp().setCheckpoint(checkpoint).serializeBinary())).toEqual({
          checkpoint: { commit, prepare },
        });
      }),
    );
  });

  it('when it says that the end was reached, then so it is; anything else is nothing here', () => {
    expect(readResponse(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()).serializeBinary())).toEqual({
      caughtUp: true,
    });
    const confirmed = new ReadResp.SubscriptionConfirmation().setSubscriptionId('17');
    expect(readResponse(new ReadResp().setConfirmation(confirmed).serializeBinary())).toEqual({});
  });
});
