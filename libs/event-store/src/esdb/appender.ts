import { randomUUID } from 'node:crypto';

import { convertToCommandError } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { type ClientDuplexStream, status } from '@grpc/grpc-js';

import type { Revision } from '../port';
import type { Connection } from './client';
import { type Answer, appendRequest, correlationOf, readAnswer } from './append-message';
import { Unsettled } from './failures';

/**
 * Sends appends over the client's connection, on one call that stays open for all of them.
 *
 * The client's own `appendToStream` does the same, but what waits for an answer there stands in one table of the whole
 * process and has no timer: one broken connection rejects the appends of every client, and an answer that comes late
 * or twice ends the process by an unhandled rejection, as does a write that waits for room when the connection breaks.
 */
export class Appender {
  private call: AppendCall | undefined;

  constructor(private readonly connection: Connection) {}

  /** Throws where it stays unknown whether the append takes effect. */
  async append(
    stream: string,
    expected: Revision,
    events: readonly BatchAppendReq.ProposedMessage[],
    ms: number,
  ): Promise<Answer> {
    let call: AppendCall | undefined;
    let givenUp = false;
    const answer = this.connection.client['execute'](StreamsClient, 'appendToStream', (connected) => {
      if (givenUp) throw new Unsettled('connected too late');
      call = this.callOver(connected);
      return call.append(stream, expected, events);
    });
    return within(ms, answer, () => {
      givenUp = true;
      call?.abandon();
    });
  }

  close(): void {
    this.call?.abandon();
  }

  private callOver(connected: StreamsClient): AppendCall {
    if (this.call?.connected === connected && !this.call.over) return this.call;
    this.call?.abandon();
    const { client, streams } = this.connection;
    this.call = new AppendCall(
      connected,
      streams.watch(connected.batchAppend(...client['callArguments']({}, { deadline: Infinity }))),
    );
    return this.call;
  }
}

/** The open call and the appends that wait for their answer on it. */
class AppendCall {
  over = false;
  private readonly waiting = new Map<string, { resolve: (answer: Answer) => void; reject: (error: unknown) => void }>();

  constructor(
    readonly connected: StreamsClient,
    private readonly duplex: ClientDuplexStream<BatchAppendReq, BatchAppendResp>,
  ) {
    duplex.on('data', (response: BatchAppendResp) => this.settle(response));
    duplex.on('error', (error) => this.end(convertToCommandError(error)));
    duplex.on('end', () => this.end(new Unsettled('the store ended the call')));
  }

  append(stream: string, expected: Revision, events: readonly BatchAppendReq.ProposedMessage[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const correlationId = randomUUID();
      this.waiting.set(correlationId, { resolve, reject });
      this.duplex.write(appendRequest(correlationId, stream, expected, events));
    });
  }

  /**
   * Gives the call up when one append on it stays without an answer: none may get one again. The code makes the client
   * leave the connection too; reads and subscriptions that are open on it go on.
   */
  abandon(): void {
    this.end(Object.assign(new Unsettled('an append stayed without an answer'), { code: status.UNAVAILABLE }));
    this.duplex.cancel();
  }

  /** An answer that nobody waits for, because it comes late or twice, is not news. */
  private settle(response: BatchAppendResp): void {
    const correlationId = correlationOf(response);
    const waiting = this.waiting.get(correlationId);
    this.waiting.delete(correlationId);
    try {
      waiting?.resolve(readAnswer(response));
    } catch (error) {
      waiting?.reject(error);
    }
  }

  private end(error: unknown): void {
    this.over = true;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** The outcome of a promise, or `Unsettled` after so many milliseconds. */
const within = <T>(ms: number, promise: Promise<T>, onTimeout: () => void): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Unsettled(`no answer within ${ms.toFixed()} ms`));
      onTimeout();
    }, ms);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
