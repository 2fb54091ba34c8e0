import { Metadata, type ServiceError, status } from '@grpc/grpc-js';

import { CallFailed, type Failure } from '../failure';
import { type ExpectedRevision } from '../write/decide';

/** What a failed call ends with: code, words and the trailers that tell the client which error it is. */
export type CallStatus = Pick<ServiceError, 'code' | 'details' | 'metadata'>;

/** The status of anything thrown in a handler. */
export const statusOfError = (error: unknown): CallStatus =>
  error instanceof CallFailed
    ? statusOf(error.failure)
    : withTrailers(status.INTERNAL, error instanceof Error ? error.message : String(error));

export const statusOf = (failure: Failure): CallStatus => {
  switch (failure.kind) {
    case 'wrong-expected-revision': {
      const [expected, actual] = [numberOf(failure.expected), failure.current];
      return withTrailers(
        status.FAILED_PRECONDITION,
        `Append failed due to WrongExpectedVersion. Stream: ${failure.stream}, Expected version: ${expected}, Actual version: ${actual}`,
        {
          exception: 'wrong-expected-version',
          'stream-name': failure.stream,
          'expected-version': String(expected),
          'actual-version': String(actual),
        },
      );
    }
    case 'stream-deleted':
      return withTrailers(status.FAILED_PRECONDITION, `Event stream '${failure.stream}' is deleted.`, {
        exception: 'stream-deleted',
        'stream-name': failure.stream,
      });
    case 'append-too-large':
      return withTrailers(status.INVALID_ARGUMENT, `Maximum Append Size of ${failure.limit} Exceeded.`, {
        exception: 'maximum-append-size-exceeded',
        'maximum-append-size': String(failure.limit),
      });
    case 'event-without-type-or-content-type':
      return withTrailers(status.INVALID_ARGUMENT, 'Required Metadata Property missing: type, content-type.', {
        exception: 'missing-required-metadata-property',
        'required-metadata-properties': 'type,content-type',
      });
    case 'bad-request':
      return withTrailers(status.UNKNOWN, failure.message);
    case 'unsupported-expectation':
      return withTrailers(status.INTERNAL, 'A delete cannot expect stream_exists: use any.');
    case 'timeout':
      return withTrailers(status.ABORTED, 'The append was not done by its deadline.');
    case 'shutting-down':
      return withTrailers(status.CANCELLED, 'The node is shutting down.');
    case 'log-not-writable':
      return withTrailers(status.UNAVAILABLE, `The log could not be written and the node stops: ${failure.message}`);
  }
};

/** The protocol's number for an expectation. */
const numberOf = (expected: ExpectedRevision): bigint => {
  switch (expected) {
    case 'no_stream':
      return -1n;
    case 'any':
      return -2n;
    case 'stream_exists':
      return -4n;
    default:
      return expected;
  }
};

const withTrailers = (code: status, details: string, trailers: Record<string, string> = {}): CallStatus => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, ascii(value));
  return { code, details, metadata };
};

/** Trailers carry printable ASCII only. */
const ascii = (value: string): string => value.replace(/[^\x20-\x7e]+/gu, encodeURIComponent);
