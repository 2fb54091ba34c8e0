import { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';

import { fieldSize, varintSize, WireWriter } from './wire-writer';

const EVENT = 1;
const READ_EVENT = { event: 1, link: 2, commitPosition: 3 };

/** Frames finished events: `ReadResp.event`. A link that leads nowhere has no event. */
export const eventResponse = (position: bigint, event: Buffer | undefined, link?: Buffer): Buffer => {
  const size = (event ? fieldSize(event.length) : 0) + (link ? fieldSize(link.length) : 0) + 1 + varintSize(position);
  const writer = WireWriter.ofSize(fieldSize(size)).header(EVENT, size);
  if (event) writer.bytes(READ_EVENT.event, event);
  if (link) writer.bytes(READ_EVENT.link, link);
  return writer.uint64(READ_EVENT.commitPosition, position).finish();
};

export const confirmationResponse = (subscriptionId: string): Buffer =>
  encode(new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId)));

export const checkpointResponse = (position: bigint): Buffer =>
  encode(
    new ReadResp().setCheckpoint(
      new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
    ),
  );

export const caughtUpResponse = (): Buffer => encode(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));

export const streamNotFoundResponse = (stream: string): Buffer =>
  encode(new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream))));

export const identifier = (stream: string): StreamIdentifier =>
  new StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8').toString('base64'));

const encode = (response: ReadResp): Buffer => Buffer.from(response.serializeBinary());
