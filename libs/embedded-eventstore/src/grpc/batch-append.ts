import { type ServerDuplexStream } from '@grpc/grpc-js';
import { type UUID } from '@eventstore/db-client/generated/shared_pb';
import { type BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';

import { badRequest, CallFailed, type Failure } from '../failure';
import { readUuid } from '../wire/uuid';
import { type AnswerableFailure, batchFailure, batchSuccess } from './batch-answer';
import { type NodeContext } from './context';
import { expectedRevision, Proposal } from './proposal';
import { statusOfError } from './status';
import { readStreamName } from './stream-name';

/** More appends than this are not taken in before some were answered. */
const MOST_IN_FLIGHT = 1_024;

/** `setTimeout` counts in 32 bits; a deadline beyond that is none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One append of the shared stream, from its first piece to its answer. */
type Pending = {
  readonly correlationId: UUID;
  readonly options: BatchAppendReq.Options | undefined;
  /** undefined once the append was answered: its later pieces are ignored. */
  proposal: Proposal | undefined;
  deadline: NodeJS.Timeout | undefined;
  answered: boolean;
};

/**
 * `Streams/BatchAppend`: many appends on one stream that lives as long as the client's channel, each in one or more
 * pieces. Each is answered exactly once, be it that its deadline passed.
 */
export const batchAppend =
  (node: NodeContext) =>
  (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    new BatchAppendCall(node, call).listen();
  };

class BatchAppendCall {
  private readonly assembling = new Map<string, Pending>();
  private unanswered = 0;
  private complete = false;
  private over = false;
  private readonly done: () => void;

  constructor(
    private readonly node: NodeContext,
    private readonly call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
  ) {
    this.done = node.calls.add((failure) => this.end(failure));
  }

  listen(): void {
    this.call.on('data', (piece: BatchAppendReq) => this.take(piece));
    this.call.on('end', () => {
      this.complete = true;
      this.endWhenAnswered();
    });
    this.call.on('cancelled', () => this.close());
    this.call.on('finish', () => this.close());
  }

  private take(piece: BatchAppendReq): void {
    if (this.over) return;
    const correlationId = piece.getCorrelationId();
    const key = readUuid(correlationId);
    if (key === undefined || !correlationId) {
      this.end({ kind: 'bad-request', message: 'BatchAppendReq.correlation_id is missing or no UUID.' });
      return;
    }
    const pending = this.assembling.get(key) ?? this.begin(correlationId, piece.getOptions());
    if (piece.getIsFinal()) this.assembling.delete(key);
    else this.assembling.set(key, pending);
    try {
      if (!pending.proposal && !pending.answered) pending.proposal = this.propose(pending.options);
      for (const message of piece.getProposedMessagesList()) pending.proposal?.add(message);
    } catch (error) {
      this.fail(pending, error);
    }
    if (piece.getIsFinal() && pending.proposal) void this.write(pending, pending.proposal);
  }

  private begin(correlationId: UUID, options: BatchAppendReq.Options | undefined): Pending {
    const pending: Pending = { correlationId, options, proposal: undefined, deadline: undefined, answered: false };
    this.unanswered += 1;
    if (this.unanswered >= MOST_IN_FLIGHT) this.call.pause();
    const deadline = options?.getDeadline();
    if (deadline) {
      const left = deadline.getSeconds() * 1000 + deadline.getNanos() / 1e6 - this.node.nowMs();
      const giveUp = () => this.fail(pending, new CallFailed({ kind: 'timeout' }));
      if (left <= 0) giveUp();
      else if (left < LONGEST_TIMER_MS) pending.deadline = setTimeout(giveUp, left).unref();
    }
    return pending;
  }

  private propose(options: BatchAppendReq.Options | undefined): Proposal {
    if (!options) throw badRequest('The first piece of an append has its options.');
    const stream = readStreamName(options.getStreamIdentifier());
    const expected = expectedRevision(options, options.getStreamPosition());
    return new Proposal(stream, expected, this.node.maxAppendSize);
  }

  private async write(pending: Pending, { stream, expected, events }: Proposal): Promise<void> {
    try {
      this.answer(pending, batchSuccess(await this.node.writer.append(stream, expected, events)));
    } catch (error) {
      this.fail(pending, error);
    }
  }

  private fail(pending: Pending, error: unknown): void {
    if (!(error instanceof CallFailed)) this.endWith(error);
    else if (isAnswerable(error.failure)) this.answer(pending, batchFailure(error.failure));
    else this.end(error.failure);
  }

  private answer(pending: Pending, response: BatchAppendResp): void {
    if (pending.answered) return;
    pending.answered = true;
    pending.proposal = undefined;
    clearTimeout(pending.deadline);
    if (this.over) return;
    response.setCorrelationId(pending.correlationId).setStreamIdentifier(pending.options?.getStreamIdentifier());
    this.call.write(response, () => {
      this.unanswered -= 1;
      if (this.unanswered < MOST_IN_FLIGHT / 2) this.call.resume();
      this.endWhenAnswered();
    });
  }

  private endWhenAnswered(): void {
    if (this.complete && this.unanswered === 0 && !this.over) this.call.end();
  }

  /** Ends the whole call: every append on it that has no answer yet is of unknown outcome to its caller. */
  private end(failure: Failure): void {
    this.endWith(new CallFailed(failure));
  }

  private endWith(error: unknown): void {
    if (this.over) return;
    this.close();
    this.call.emit('error', statusOfError(error));
  }

  private close(): void {
    this.over = true;
    this.done();
  }
}

const isAnswerable = (failure: Failure): failure is AnswerableFailure =>
  failure.kind !== 'shutting-down' && failure.kind !== 'log-not-writable' && failure.kind !== 'unsupported-expectation';
