import { Timeout } from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import {
  type BatchAppendReq,
  BatchAppendResp,
  type ReadReq,
  type ReadResp,
} from '@eventstore/db-client/generated/streams_pb';
import {
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';

import type { OwnNode } from './own-node';

/** How the call that all appends share may end. */
const ENDS = {
  cancelled: status.CANCELLED,
  unavailable: status.UNAVAILABLE,
  'deadline exceeded': status.DEADLINE_EXCEEDED,
  'internal error': status.INTERNAL,
  'not leader': status.NOT_FOUND,
} as const;

/** What the sender of an append is told; `time-out` is said within an answer, as the store does when it gives up. */
export type Told = 'answer' | 'answer twice' | 'answer without place' | 'nothing' | 'time-out' | keyof typeof ENDS;

export interface Fate {
  readonly reachesStore: boolean;
  readonly told: Told;
}

/** Speaks the store's protocol in front of a node, and decides what becomes of each append. */
export interface Relay {
  readonly url: string;
  /** Asked at each append that arrives, with its stream; all pass at first. */
  decide: (stream: string) => Fate;
  /** Whether a quorum has an event: reads, as a cluster answers them, show no other; all are replicated at first. */
  isReplicated: (stream: string, revision: bigint) => boolean;
  /** Appends that arrived so far. */
  readonly arrived: () => number;
  readonly close: () => void;
}

export const startRelay = async (node: OwnNode): Promise<Relay> => {
  const store = new StreamsClient(`127.0.0.1:${node.port}`, credentials.createInsecure());
  const server = new Server();
  let arrived = 0;

  const batchAppend = (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const onward = store.batchAppend();
    const told = new Map<string, Told>();
    const tell = (what: Told, response: BatchAppendResp): void => {
      if (what === 'answer' || what === 'answer twice') call.write(response);
      if (what === 'answer twice') call.write(response);
      if (what === 'answer without place') call.write(withoutPlace(response));
      if (what === 'time-out') call.write(timeOut(response));
      if (what in ENDS) call.emit('error', { ...endOf(what as keyof typeof ENDS, node.port) });
    };
    call.on('data', (request: BatchAppendReq) => {
      arrived++;
      const fate = relay.decide(streamOf(request));
      const id = request.getCorrelationId();
      if (fate.reachesStore) {
        told.set(id?.getString() ?? '', fate.told);
        onward.write(request);
      } else if (!fate.told.startsWith('answer')) tell(fate.told, new BatchAppendResp().setCorrelationId(id));
    });
    onward.on('data', (response: BatchAppendResp) => {
      tell(told.get(response.getCorrelationId()?.getString() ?? '') ?? 'answer', response);
    });
    onward.on('error', (error) => call.emit('error', error));
    call.on('cancelled', () => onward.cancel());
    call.on('error', () => onward.cancel());
    call.on('end', () => onward.end());
  };

  const read = (call: ServerWritableStream<ReadReq, ReadResp>): void => {
    const onward = store.read(call.request);
    onward.on('error', (error) => call.emit('error', error));
    call.on('cancelled', () => onward.cancel());
    onward.on('end', () => {
      call.end();
    });
    onward.on('data', (message: ReadResp) => {
      if (!isShown(message) || call.write(message)) return;
      onward.pause();
      call.once('drain', () => onward.resume());
    });
  };

  const isShown = (message: ReadResp): boolean => {
    const event = message.getEvent()?.getEvent();
    if (!event) return true;
    const stream = Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
    return relay.isReplicated(stream, BigInt(event.getStreamRevision()));
  };

  const unused = (): never => {
    throw new Error('The relay passes on reads and batch appends only.');
  };
  server.addService(StreamsService, { batchAppend, read, append: unused, delete: unused, tombstone: unused });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const relay: Relay = {
    url: `esdb://127.0.0.1:${port}?tls=false`,
    decide: () => ({ reachesStore: true, told: 'answer' }),
    isReplicated: () => true,
    arrived: () => arrived,
    close: () => {
      server.forceShutdown();
      store.close();
    },
  };
  return relay;
};

const streamOf = (request: BatchAppendReq): string =>
  Buffer.from(request.getOptions()?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();

/** As the store answers a repeat that it has not indexed yet. */
const withoutPlace = (response: BatchAppendResp): BatchAppendResp => {
  response.getSuccess()?.setNoPosition(new Empty());
  return response;
};

const timeOut = (response: BatchAppendResp): BatchAppendResp => {
  const details = new Any();
  details.pack(new Timeout().serializeBinary(), 'event_store.client.Timeout');
  return new BatchAppendResp()
    .setCorrelationId(response.getCorrelationId())
    .setError(new Status().setMessage('Timeout').setDetails(details));
};

const endOf = (end: keyof typeof ENDS, leaderPort: number) => {
  const metadata = new Metadata();
  if (end === 'not leader') {
    metadata.set('exception', 'not-leader');
    metadata.set('leader-endpoint-host', '127.0.0.1');
    metadata.set('leader-endpoint-port', leaderPort.toString());
  }
  return { code: ENDS[end], details: `ended by the test: ${end}`, metadata };
};
