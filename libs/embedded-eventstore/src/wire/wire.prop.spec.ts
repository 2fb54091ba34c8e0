import { randomUUID } from 'node:crypto';

import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import fc from 'fast-check';

import { eventResponse } from './read-response';
import { decodeRecordedEvent, encodeRecordedEvent, type RecordedEvent, withStructuredId } from './recorded-event';
import { readUuid } from './uuid';

const bytes = fc.uint8Array({ maxLength: 300 });
const events: fc.Arbitrary<RecordedEvent> = fc.record({
  id: fc.constant(null).map(() => randomUUID()),
  stream: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  revision: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  position: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  type: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  contentType: fc.constantFrom('application/json', 'application/octet-stream'),
  createdMs: fc.integer({ min: 0, max: 8_640_000_000_000 }),
  metadata: bytes,
  data: bytes,
});

/** What a client reads from the message, with its own generated code. */
const read = (message: ReadResp.ReadEvent.RecordedEvent | undefined) => ({
  id: readUuid(message?.getId()),
  stream: Buffer.from(message?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
  revision: BigInt(message?.getStreamRevision() ?? -1),
  position: BigInt(message?.getPreparePosition() ?? -1),
  type: message?.getMetadataMap().get('type'),
  contentType: message?.getMetadataMap().get('content-type'),
  createdMs: Number(BigInt(message?.getMetadataMap().get('created') ?? -1) / 10_000n),
  metadata: message?.getCustomMetadata_asU8(),
  data: message?.getData_asU8(),
});

const same = (event: RecordedEvent) => ({
  ...event,
  stream: Buffer.from(event.stream).toString(),
  type: Buffer.from(event.type).toString(),
  metadata: new Uint8Array(event.metadata),
  data: new Uint8Array(event.data),
});

describe('given any event', () => {
  it('when its finished bytes are read with the generated code, everything is as it was', () => {
    fc.assert(
      fc.property(events, (event) => {
        const message = decodeRecordedEvent(encodeRecordedEvent(event));
        expect(read(message)).toEqual(same(event));
        expect(message.getCommitPosition()).toBe(message.getPreparePosition());
      }),
    );
  });

  it('when its id is asked for in two halves, it is the same id and the same event', () => {
    fc.assert(
      fc.property(events, (event) => {
        const message = decodeRecordedEvent(withStructuredId(encodeRecordedEvent(event)));
        expect(message.getId()?.hasStructured()).toBe(true);
        expect(read(message)).toEqual(same(event));
      }),
    );
  });

  it('when it is framed, alone or with a link, each part arrives', () => {
    fc.assert(
      fc.property(
        fc.option(events),
        fc.option(events),
        fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        (event, link, position) => {
          const bytesOf = (part: RecordedEvent | null) => (part ? encodeRecordedEvent(part) : undefined);
          const response = ReadResp.deserializeBinary(
            eventResponse(position, bytesOf(event), bytesOf(link)),
          ).getEvent();
          expect(response?.getEvent() && read(response.getEvent())).toEqual(event ? same(event) : undefined);
          expect(response?.getLink() && read(response.getLink())).toEqual(link ? same(link) : undefined);
          expect(response?.hasCommitPosition()).toBe(true);
          expect(BigInt(response?.getCommitPosition() ?? -1)).toBe(position);
        },
      ),
    );
  });
});
