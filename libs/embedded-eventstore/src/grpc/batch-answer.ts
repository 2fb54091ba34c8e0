import { Code } from '@eventstore/db-client/generated/code_pb';
import {
  AllStreamPosition,
  BadRequest,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  Timeout,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';

import { type Failure } from '../failure';
import { identifier } from '../wire/read-response';
import { type ExpectedRevision } from '../write/decide';
import { type Written } from '../write/stream-writes';
import { statusOf } from './status';

/** A failure of one append. The others are the whole call's: they end it. */
export type AnswerableFailure = Exclude<
  Failure,
  { kind: 'shutting-down' } | { kind: 'log-not-writable' } | { kind: 'unsupported-expectation' }
>;

/** Batch appends fail within their answer, with one of the protocol's own messages inside. */
export const batchFailure = (failure: AnswerableFailure): BatchAppendResp => {
  const { code, name, message } = errorOf(failure);
  const details = new Any();
  details.pack(message.serializeBinary(), `event_store.client.${name}`);
  const error = new Status().setMessage(statusOf(failure).details).setDetails(details);
  error.setCode(code);
  return new BatchAppendResp().setError(error);
};

export const batchSuccess = ({ revision, position }: Written): BatchAppendResp => {
  const success = new BatchAppendResp.Success();
  if (revision < 0n) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(revision));
  if (position === undefined) success.setNoPosition(new Empty());
  else
    success.setPosition(
      new AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position)),
    );
  return new BatchAppendResp().setSuccess(success);
};

type PackedError = { code: Code; name: string; message: { serializeBinary(): Uint8Array } };

const errorOf = (failure: AnswerableFailure): PackedError => {
  switch (failure.kind) {
    case 'wrong-expected-revision':
      return {
        code: Code.ALREADY_EXISTS,
        name: 'WrongExpectedVersion',
        message: wrongExpectedVersion(failure.expected, failure.current),
      };
    case 'stream-deleted':
      return {
        code: Code.NOT_FOUND,
        name: 'StreamDeleted',
        message: new StreamDeleted().setStreamIdentifier(identifier(failure.stream)),
      };
    case 'append-too-large':
      return {
        code: Code.INVALID_ARGUMENT,
        name: 'MaximumAppendSizeExceeded',
        message: new MaximumAppendSizeExceeded().setMaxappendsize(failure.limit),
      };
    case 'bad-request':
    case 'event-without-type-or-content-type':
      return {
        code: Code.INVALID_ARGUMENT,
        name: 'BadRequest',
        message: new BadRequest().setMessage(statusOf(failure).details),
      };
    case 'timeout':
      return { code: Code.DEADLINE_EXCEEDED, name: 'Timeout', message: new Timeout() };
  }
};

const wrongExpectedVersion = (expected: ExpectedRevision, current: bigint): WrongExpectedVersion => {
  const message = new WrongExpectedVersion();
  if (current < 0n) message.setCurrentNoStream(new Empty());
  else message.setCurrentStreamRevision(String(current));
  switch (expected) {
    case 'any':
      return message.setExpectedAny(new Empty());
    case 'no_stream':
      return message.setExpectedNoStream(new Empty());
    case 'stream_exists':
      return message.setExpectedStreamExists(new Empty());
    default:
      return message.setExpectedStreamPosition(String(expected));
  }
};
