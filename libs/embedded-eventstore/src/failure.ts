import { type ExpectedRevision } from './write/decide';

/** Everything a call can fail with, before it is put into words of the protocol. */
export type Failure =
  | {
      readonly kind: 'wrong-expected-revision';
      readonly stream: string;
      readonly expected: ExpectedRevision;
      /** -1 where the stream has no event. */
      readonly current: bigint;
    }
  | { readonly kind: 'stream-deleted'; readonly stream: string }
  | { readonly kind: 'append-too-large'; readonly limit: number }
  | { readonly kind: 'event-without-type-or-content-type' }
  | { readonly kind: 'bad-request'; readonly message: string }
  /** A delete, other than an append, cannot expect the stream to exist. */
  | { readonly kind: 'unsupported-expectation' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'shutting-down' }
  | { readonly kind: 'log-not-writable'; readonly message: string };

/** Ends a call with a failure from wherever it is found. */
export class CallFailed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
    this.name = 'CallFailed';
  }
}

export const badRequest = (message: string): CallFailed => new CallFailed({ kind: 'bad-request', message });
