import { convertToCommandError } from '@eventstore/db-client';
import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { ClientReadableStream } from '@grpc/grpc-js';
import type { Position } from '@tempore/kernel';

import type { Connection } from './client';
import { Unsettled } from './failures';
import { readResponse, type SentEvent, type Told } from './read-response';

export type ReadCall = ClientReadableStream<Told>;

/** A read or subscription over the client's connection, on a call of our own (docs/adr/0013). */
export const openRead = (
  { client, streams }: Connection,
  name: string,
  options: ReadReq.Options,
): Promise<ReadCall> => {
  const { path, requestSerialize } = StreamsService.read;
  const request = new ReadReq().setOptions(options.setUuidOption(new Options.UUIDOption().setString(new Empty())));
  return client['GRPCStreamCreator'](StreamsClient, name, (connected) =>
    streams.watch(
      connected.makeServerStreamRequest(
        path,
        requestSerialize,
        readResponse,
        request,
        ...client['callArguments']({}, { deadline: Infinity }),
      ),
    ),
  )();
};

/**
 * All events of a read that asks for a bounded number; none where the stream does not exist. One that stays silent for
 * `ms` is given up. Throws what the read failed with, or `Unsettled`.
 */
export const readEvents = (
  connection: Connection,
  name: string,
  options: ReadReq.Options,
  ms: number,
): Promise<SentEvent[]> =>
  new Promise((resolve, reject) => {
    const events: SentEvent[] = [];
    let call: ReadCall | undefined;
    let over = false;
    const end = (settle: () => void): void => {
      over = true;
      clearTimeout(timer);
      settle();
    };
    const fail = (error: unknown): void => {
      end(() => {
        reject(convertToCommandError(error as Error));
      });
    };
    const timer = setTimeout(() => {
      fail(new Unsettled(`no answer within ${ms.toFixed()} ms`));
      call?.cancel();
    }, ms);
    openRead(connection, name, options).then((opened) => {
      call = opened;
      opened.on('error', fail);
      opened.on('data', ({ event }: Told) => {
        if (event) events.push(event);
        timer.refresh();
      });
      opened.on('end', () => {
        end(() => {
          resolve(events);
        });
      });
      if (over) opened.cancel();
    }, fail);
  });

const { Options } = ReadReq;

const bounded = (count: number): ReadReq.Options => new Options().setCount(count.toString()).setNoFilter(new Empty());

/** Events of one stream, oldest first. */
export const ofStream = (stream: string, from: bigint, count: number): ReadReq.Options =>
  bounded(count)
    .setReadDirection(Options.ReadDirection.FORWARDS)
    .setStream(
      new Options.StreamOptions()
        .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(stream)))
        .setRevision(from.toString()),
    );

/** Events of the whole store, newest first. */
export const beforePlace = (before: Position | undefined, count: number): ReadReq.Options =>
  bounded(count)
    .setReadDirection(Options.ReadDirection.BACKWARDS)
    .setAll(
      before ? new Options.AllOptions().setPosition(placeOf(before)) : new Options.AllOptions().setEnd(new Empty()),
    );

export const placeOf = ({ commit, prepare }: Position): ReadReq.Options.Position =>
  new Options.Position().setCommitPosition(commit.toString()).setPreparePosition(prepare.toString());
