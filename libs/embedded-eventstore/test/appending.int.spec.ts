import { randomUUID } from 'node:crypto';

import {
  binaryEvent,
  EventStoreDBClient,
  jsonEvent,
  MaxAppendSizeExceededError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';

import { DEFAULT_OPTIONS, startNode } from '../src';
import { collect, type Connected, connectedNode, numbered, temporaryDirectory } from './support';

const perCallCredentials = { credentials: { username: 'admin', password: 'changeit' } };

describe('given a node whose appends may have 2,000 bytes', () => {
  let connected: Connected;
  beforeAll(async () => (connected = await connectedNode({ maxAppendSize: 2_000 })));
  afterAll(() => connected.close());

  const ofSize = (bytes: number) => binaryEvent({ type: 'sized', data: Buffer.alloc(bytes) });

  it.each([
    ['on the shared stream of appends', {}],
    ['as a single call', perCallCredentials],
  ])('when one has more, %s, it is refused with the limit and nothing of it is written', async (_, options) => {
    const stream = `sized-${randomUUID()}`;
    const refused = connected.client.appendToStream(stream, [ofSize(1_000), ofSize(1_001)], options);
    await expect(refused).rejects.toMatchObject({ maxAppendSize: 2_000 });
    await expect(refused).rejects.toBeInstanceOf(MaxAppendSizeExceededError);
    await expect(collect(connected.client.readStream(stream))).rejects.toMatchObject({ type: 'stream-not-found' });
    await expect(
      connected.client.appendToStream(stream, [ofSize(1_000), ofSize(1_000)], options),
    ).resolves.toMatchObject({ success: true });
  });

  it('when one comes in many pieces, it is put together, and refused once if it is too large', async () => {
    const inPieces = { batchAppendSize: 150 };
    await connected.client.appendToStream('pieces', numbered(40), inPieces);
    await expect(collect(connected.client.readStream('pieces'))).resolves.toHaveLength(40);
    await expect(connected.client.appendToStream('pieces', numbered(400), inPieces)).rejects.toBeInstanceOf(
      MaxAppendSizeExceededError,
    );
    await expect(connected.client.appendToStream('pieces', numbered(1))).resolves.toMatchObject({
      nextExpectedRevision: 40n,
    });
  });
});

describe('given appends on one shared stream', () => {
  let connected: Connected;
  beforeAll(async () => (connected = await connectedNode()));
  afterAll(() => connected.close());

  it('when one has an event without a type, it alone fails and later ones are answered', async () => {
    const bad = connected.client.appendToStream('typeless', jsonEvent({ type: '', data: {} }));
    await expect(bad).rejects.toMatchObject({ type: 'unknown' });
    await expect(connected.client.appendToStream('typeless', numbered(1))).resolves.toMatchObject({
      nextExpectedRevision: 0n,
    });
  });

  it('when the same append is sent many times at once, it is written once and every one is answered', async () => {
    const events = numbered(3);
    const repeats = Array.from({ length: 20 }, () =>
      connected.client.appendToStream('at-once', events, { expectedRevision: 'no_stream' }),
    );
    const answers = await Promise.all(repeats);
    expect(new Set(answers.map(({ nextExpectedRevision }) => nextExpectedRevision))).toEqual(new Set([2n]));
    await expect(collect(connected.client.readStream('at-once'))).resolves.toHaveLength(3);
  });

  it('when many different ones meet on one stream, each has its place and none is lost', async () => {
    const answers = await Promise.all(numbered(500).map((event) => connected.client.appendToStream('busy', event)));
    const revisions = answers.map(({ nextExpectedRevision }) => Number(nextExpectedRevision)).sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 500 }, (_, i) => i));
    await expect(collect(connected.client.readStream('busy'))).resolves.toHaveLength(500);
  });

  it('when a deadline has passed, the answer is a time-out, given once, and nothing is written', async () => {
    const call = connected.raw.batchAppend();
    const answers: BatchAppendResp[] = [];
    const ended = new Promise((resolve) => call.on('end', resolve));
    call.on('data', (answer: BatchAppendResp) => answers.push(answer));
    call.write(batchRequest('late', Timestamp.fromDate(new Date(Date.now() - 1_000)), false));
    call.write(batchRequest('late', undefined, true));
    call.end();
    await ended;
    expect(answers.map((answer) => answer.getError()?.getDetails()?.getTypeName())).toEqual([
      'event_store.client.Timeout',
    ]);
    await expect(collect(connected.client.readStream('late'))).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  const correlationId = randomUUID();
  const batchRequest = (stream: string, deadline: Timestamp | undefined, isFinal: boolean) => {
    const event = new BatchAppendReq.ProposedMessage().setId(new UUID().setString(randomUUID()));
    event.getMetadataMap().set('type', 'late').set('content-type', 'application/json');
    const request = new BatchAppendReq().setCorrelationId(new UUID().setString(correlationId)).setIsFinal(isFinal);
    request.addProposedMessages(event);
    if (!deadline) return request;
    const options = new BatchAppendReq.Options().setDeadline(deadline).setAny(new Empty());
    options.setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64')));
    return request.setOptions(options);
  };
});

describe('given a node that was started again', () => {
  const directory = temporaryDirectory();
  const start = () => startNode({ ...DEFAULT_OPTIONS, dataDir: directory.path, port: 0, sync: false });
  const running = async <T>(use: (client: EventStoreDBClient) => Promise<T>): Promise<T> => {
    const node = await start();
    const client = EventStoreDBClient.connectionString(node.url);
    try {
      return await use(client);
    } finally {
      await client.dispose();
      await node.stop();
    }
  };
  afterAll(directory.remove);

  it('when an append with a revision is repeated, it is known; one with any is written again', async () => {
    const [first, second] = [numbered(2), numbered(2, 2)];
    const before = await running(async (client) => {
      await client.appendToStream('s', first, { expectedRevision: 'no_stream' });
      return client.appendToStream('s', second, { expectedRevision: 1n });
    });
    await running(async (client) => {
      await expect(client.appendToStream('s', second, { expectedRevision: 1n })).resolves.toEqual(before);
      await expect(client.appendToStream('s', first, { expectedRevision: 'no_stream' })).resolves.toMatchObject({
        nextExpectedRevision: 1n,
      });
      await expect(client.appendToStream('s', numbered(1), { expectedRevision: 1n })).rejects.toBeInstanceOf(
        WrongExpectedVersionError,
      );
      await expect(client.appendToStream('s', first)).resolves.toMatchObject({ nextExpectedRevision: 5n });
    });
  });

  it('when the log is read, every event stands where it stood', async () => {
    const places = async (client: EventStoreDBClient) =>
      (await collect(client.readAll())).map(({ event }) => [event?.id, event?.revision, event?.position.commit]);
    const before = await running(places);
    await expect(running(places)).resolves.toEqual(before);
    expect(before.length).toBeGreaterThan(6);
  });
});
