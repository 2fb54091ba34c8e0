import { randomUUID } from 'node:crypto';

import {
  type AllStreamSubscription,
  END,
  EventStoreDBClient,
  type ResolvedEvent,
  START,
  streamNameFilter,
  type StreamSubscription,
} from '@eventstore/db-client';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';

import { type Connected, connectedNode, numbered, positionOf, until } from './support';

let connected: Connected;
beforeAll(async () => (connected = await connectedNode()));
afterAll(() => connected.close());

const numbers = (events: readonly ResolvedEvent[]) => events.map(({ event }) => (event?.data as { n: number }).n);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

const listening = (subscription: AllStreamSubscription | StreamSubscription): ResolvedEvent[] => {
  const heard: ResolvedEvent[] = [];
  subscription.on('data', (event: ResolvedEvent) => heard.push(event));
  return heard;
};

describe('given a filtered subscription to the whole log', () => {
  it('when it catches up and goes on, checkpoints stand in the order of the log and never behind an event sent', async () => {
    const prefix = randomUUID();
    const append = (stream: string, count: number) =>
      connected.client.appendToStream(`${prefix}-${stream}`, numbered(count));
    const from = positionOf(await append('start', 1));
    for (let i = 0; i < 10; i++) {
      await append('wanted', 1);
      await append('other', 33);
    }
    const expression = new ReadReq.Options.FilterOptions.Expression().setPrefixList([`${prefix}-wanted`]);
    const filter = new ReadReq.Options.FilterOptions()
      .setStreamIdentifier(expression)
      .setMax(10)
      .setCheckpointintervalmultiplier(2);
    const place = new ReadReq.Options.Position().setCommitPosition(String(from)).setPreparePosition(String(from));
    const options = new ReadReq.Options()
      .setAll(new ReadReq.Options.AllOptions().setPosition(place))
      .setSubscription(new ReadReq.Options.SubscriptionOptions())
      .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()))
      .setFilter(filter);
    const call = connected.raw.read(new ReadReq().setOptions(options));
    const said: ReadResp[] = [];
    call.on('data', (message: ReadResp) => said.push(message)).on('error', () => undefined);
    await until(() => said.some((message) => message.hasCaughtUp()));
    for (let i = 0; i < 10; i++) await append(i % 2 ? 'wanted' : 'other', 10);
    // The last event comes after the last checkpoint: 440 are considered at that one, 441 at the event.
    await until(() => said.filter((message) => message.hasEvent()).length === 60);
    call.cancel();

    const places = said.flatMap((message) => {
      const checkpoint = message.getCheckpoint()?.getCommitPosition();
      const event = message.getEvent()?.getCommitPosition();
      return checkpoint || event ? [BigInt(checkpoint ?? event ?? 0)] : [];
    });
    expect(places).toEqual([...places].sort((a, b) => Number(a - b)));
    expect(said[0]?.hasConfirmation()).toBe(true);
    // 341 considered before it caught up (with the one it began after), 100 after: a checkpoint for every 20.
    expect(said.filter((message) => message.hasCheckpoint())).toHaveLength(22);
    expect(said.filter((message) => message.hasEvent())).toHaveLength(60);
    expect(said.filter((message) => message.hasCaughtUp())).toHaveLength(1);
  });

  it('when it begins at the end, it hears what comes and nothing of before', async () => {
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(3));
    const subscription = connected.client.subscribeToAll({
      fromPosition: END,
      filter: streamNameFilter({ regex: `^${stream}$` }),
    });
    const heard = listening(subscription);
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await connected.client.appendToStream(stream, numbered(2, 3));
    await until(() => heard.length === 2);
    expect(numbers(heard)).toEqual([3, 4]);
    await subscription.unsubscribe();
  });
});

describe('given many subscribers', () => {
  it('when events come, each hears every one once and in order, those of other streams not at all', async () => {
    const streams = upTo(10).map((n) => `many-${n}`);
    // A connection carries a hundred calls. Clients of one address share one, unless they are set otherwise.
    const clients = upTo(4).map((n) =>
      EventStoreDBClient.connectionString(`${connected.node.url}&keepAliveInterval=${60_000 + n}`),
    );
    const subscriptions = upTo(200).map((n) =>
      (clients[n % 4] ?? connected.client).subscribeToStream(streams[n % 10] ?? '', { fromRevision: START }),
    );
    const heard = subscriptions.map(listening);
    for (const n of upTo(20)) {
      await Promise.all(streams.map((stream) => connected.client.appendToStream(stream, numbered(1, n))));
    }
    await until(() => heard.every((events) => events.length === 20));
    for (const events of heard) expect(numbers(events)).toEqual(upTo(20));
    await Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));
    await Promise.all(clients.map((client) => client.dispose()));
  });

  it('when one of them stops reading, the others go on, and later it misses nothing', async () => {
    const stream = randomUUID();
    const paused = connected.client.subscribeToStream(stream);
    const others = upTo(5).map(() => listening(connected.client.subscribeToStream(stream)));
    const batch = 100;
    const batches = 50;
    for (const n of upTo(batches)) await connected.client.appendToStream(stream, numbered(batch, n * batch));
    await until(() => others.every((events) => events.length === batch * batches));

    const late = listening(paused);
    await until(() => late.length === batch * batches);
    expect(numbers(late)).toEqual(upTo(batch * batches));
  });
});

describe('given a subscription to a stream of which retention keeps one event', () => {
  it('when it catches up it sees the one, and live it sees every event that is written', async () => {
    const stream = randomUUID();
    await connected.client.setStreamMetadata(stream, { maxCount: 1 });
    await connected.client.appendToStream(stream, numbered(3));
    const subscription = connected.client.subscribeToStream(stream);
    const heard = listening(subscription);
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await connected.client.appendToStream(stream, numbered(3, 3));
    await until(() => heard.length === 4);
    expect(numbers(heard)).toEqual([2, 3, 4, 5]);
    await subscription.unsubscribe();
  });
});
