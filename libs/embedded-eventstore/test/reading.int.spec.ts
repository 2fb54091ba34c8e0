import { randomUUID } from 'node:crypto';

import { BACKWARDS, binaryEvent, END, jsonEvent } from '@eventstore/db-client';
import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';

import { readUuid } from '../src/wire/uuid';
import { collect, type Connected, connectedNode, numbered, positionOf } from './support';

let connected: Connected;
beforeAll(async () => (connected = await connectedNode()));
afterAll(() => connected.close());

const identifier = (stream: string) => new StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));

const rawRead = (options: ReadReq.Options): Promise<ReadResp[]> =>
  collect(connected.raw.read(new ReadReq().setOptions(options)) as AsyncIterable<ReadResp>);

const wholeStream = (stream: string) =>
  new ReadReq.Options()
    .setStream(new ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(stream)).setStart(new Empty()))
    .setCount('100')
    .setNoFilter(new Empty());

const wholeLog = (filter: ReadReq.Options.FilterOptions, count: string) =>
  new ReadReq.Options()
    .setAll(new ReadReq.Options.AllOptions().setStart(new Empty()))
    .setCount(count)
    .setFilter(filter);

describe('given a caller that wants UUIDs in two halves', () => {
  it('when it reads a stream, ids come so and are the same, those of links and their targets too', async () => {
    const [event] = numbered(1);
    const link = binaryEvent({ type: '$>', data: Buffer.from('0@halves') });
    await connected.client.appendToStream('halves', event ?? []);
    await connected.client.appendToStream('links-to-halves', link);
    const options = wholeStream('links-to-halves')
      .setResolveLinks(true)
      .setUuidOption(new ReadReq.Options.UUIDOption().setStructured(new Empty()));

    const [answer] = await rawRead(options);
    const ids = [answer?.getEvent()?.getEvent()?.getId(), answer?.getEvent()?.getLink()?.getId()];
    expect(ids.map((id) => id?.hasStructured())).toEqual([true, true]);
    expect(ids.map(readUuid)).toEqual([event?.id, link.id]);
  });
});

describe('given a read of the whole log with a filter', () => {
  it('when it counts, it counts events that match', async () => {
    const prefix = randomUUID();
    for (const n of [0, 1, 2, 3]) {
      await connected.client.appendToStream(`${prefix}-wanted`, numbered(1, n));
      await connected.client.appendToStream('unwanted', numbered(5));
    }
    const expression = new ReadReq.Options.FilterOptions.Expression().setPrefixList([prefix]);
    const filter = new ReadReq.Options.FilterOptions().setStreamIdentifier(expression).setMax(32);
    const answers = await rawRead(wholeLog(filter, '3'));
    expect(answers.map((answer) => answer.getEvent()?.getEvent()?.getStreamRevision())).toEqual(['0', '1', '2']);
  });

  it('when no events are asked for, the read is refused instead of never ending', async () => {
    await expect(collect(connected.client.readAll({ maxCount: 0 }))).rejects.toMatchObject({ code: 2 });
  });
});

describe('given names and places out of the ordinary', () => {
  it('when stream and type have names longer than a key may be, they are kept apart and read as written', async () => {
    const [a, b] = ['a', 'b'].map((last) => 'long'.repeat(1_000) + last);
    for (const name of [a, b]) {
      await connected.client.appendToStream(name ?? '', jsonEvent({ type: `type of ${name ?? ''}`, data: {} }));
    }
    const [event, ...others] = await collect(connected.client.readStream(b ?? ''));
    expect(others).toEqual([]);
    expect(event?.event).toMatchObject({ streamId: b, type: `type of ${b ?? ''}`, revision: 0n });
  });

  it('when a stream is read with data of every length around the borders of the format, nothing is lost', async () => {
    const lengths = [0, 1, 126, 127, 128, 129, 16_383, 16_384, 16_385, 100_000];
    const events = lengths.map((length) => binaryEvent({ type: 'sized', data: Buffer.alloc(length, 7) }));
    await connected.client.appendToStream('sized', events);
    const read = await collect(connected.client.readStream('sized'));
    expect(read.map(({ event }) => (event?.data as Uint8Array).length)).toEqual(lengths);
  });

  it('when the log begins above 2^53, positions are exact', async () => {
    const firstPosition = 2n ** 53n + 1n;
    const high = await connectedNode({ firstPosition });
    const position = positionOf(await high.client.appendToStream('high', numbered(1)));
    const next = positionOf(await high.client.appendToStream('high', numbered(1)));
    expect(position).toBeGreaterThan(firstPosition);
    const at = (commit: bigint) => ({ fromPosition: { commit, prepare: commit } });
    await expect(collect(high.client.readAll(at(next)))).resolves.toHaveLength(1);
    await expect(collect(high.client.readAll(at(position)))).resolves.toHaveLength(2);
    await expect(collect(high.client.readAll(at(position + 1n)))).rejects.toMatchObject({ code: 2 });
    await high.close();
  });
});

describe('given a stream of a thousand events of which retention shows the last ten', () => {
  it('when it is read in either direction, only those are seen, while the log has all', async () => {
    for (let n = 0; n < 1_000; n += 250) await connected.client.appendToStream('kept', numbered(250, n));
    await connected.client.setStreamMetadata('kept', { maxCount: 10 });
    const forwards = await collect(connected.client.readStream('kept'));
    const backwards = await collect(connected.client.readStream('kept', { direction: BACKWARDS, fromRevision: END }));
    expect(forwards.map(({ event }) => event?.revision)).toEqual(
      Array.from({ length: 10 }, (_, i) => 990n + BigInt(i)),
    );
    expect(backwards.map(({ event }) => event?.revision)).toEqual(
      Array.from({ length: 10 }, (_, i) => 999n - BigInt(i)),
    );
    const all = await collect(connected.client.readAll());
    expect(all.filter(({ event }) => event?.streamId === 'kept')).toHaveLength(1_000);
  });
});
