import { type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { type AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb';

import { badRequest, CallFailed } from '../failure';
import { type ExpectedRevision } from '../write/decide';
import { type Written } from '../write/stream-writes';
import { type NodeContext } from './context';
import { expectedRevision, Proposal } from './proposal';
import { statusOfError } from './status';
import { readStreamName } from './stream-name';

/** `Streams/Append`: the options first, then one message per event, one answer. */
export const append =
  (node: NodeContext) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    let proposal: Proposal | undefined;
    let over = false;
    const finish = (error: unknown, response?: AppendResp) => {
      if (over) return;
      over = true;
      done();
      if (response) answer(null, response);
      else answer(statusOfError(error));
    };
    const done = node.calls.add((failure) => finish(new CallFailed(failure)));

    call.on('data', (message: AppendReq) => {
      if (over) return;
      try {
        proposal = take(message, proposal, node.maxAppendSize);
      } catch (error) {
        finish(error);
      }
    });
    call.on('cancelled', () => finish(badRequest('The caller has gone.')));
    call.on('end', () => {
      if (over) return;
      void run(node, proposal).then(
        (response) => finish(undefined, response),
        (error: unknown) => finish(error),
      );
    });
  };

const take = (message: AppendReq, proposal: Proposal | undefined, maxAppendSize: number): Proposal => {
  const options = message.getOptions();
  if (options) {
    const stream = readStreamName(options.getStreamIdentifier());
    return new Proposal(stream, expectedRevision(options, options.getRevision()), maxAppendSize);
  }
  const event = message.getProposedMessage();
  if (!proposal || !event) throw badRequest('An append begins with its options; events follow.');
  proposal.add(event);
  return proposal;
};

const run = async (node: NodeContext, proposal: Proposal | undefined): Promise<AppendResp> => {
  if (!proposal) throw badRequest('The append has no options.');
  try {
    return success(await node.writer.append(proposal.stream, proposal.expected, proposal.events));
  } catch (error) {
    if (error instanceof CallFailed && error.failure.kind === 'wrong-expected-revision') {
      return wrongExpectedVersion(error.failure.expected, error.failure.current);
    }
    throw error;
  }
};

const success = ({ revision, position }: Written): AppendResp => {
  const message = new AppendResp.Success();
  if (revision < 0n) message.setNoStream(new Empty());
  else message.setCurrentRevision(String(revision));
  if (position === undefined) message.setNoPosition(new Empty());
  else
    message.setPosition(
      new AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
    );
  return new AppendResp().setSuccess(message);
};

/** On a single append, the one failure that is an answer. */
const wrongExpectedVersion = (expected: ExpectedRevision, current: bigint): AppendResp => {
  const message = new AppendResp.WrongExpectedVersion();
  if (current < 0n) message.setCurrentNoStream(new Empty());
  else message.setCurrentRevision(String(current));
  switch (expected) {
    case 'any':
      message.setExpectedAny(new Empty());
      break;
    case 'no_stream':
      message.setExpectedNoStream(new Empty());
      break;
    case 'stream_exists':
      message.setExpectedStreamExists(new Empty());
      break;
    default:
      message.setExpectedRevision(String(expected));
  }
  return new AppendResp().setWrongExpectedVersion(message);
};
