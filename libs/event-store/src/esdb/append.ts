import { setTimeout as sleep } from 'node:timers/promises';

import { type EventData, ErrorType, isCommandError, jsonEvent, WrongExpectedVersionError } from '@eventstore/db-client';

import { AppendRefused, RevisionConflict, StoreUnavailable } from '../errors';
import type { Appended, NewEvent, Revision } from '../port';
import type { Connection } from './connection';

/** Far below the server's 1 MiB, whose exact edge differs between versions. */
const MAX_EVENT_BYTES = 256 * 1024;
const MAX_APPEND_BYTES = 768 * 1024;
const MAX_NAME_LENGTH = 1024;

export interface AppendTimes {
  /** How long one try may stay unanswered before its client is left behind. */
  readonly tryMs: number;
  /** How long the same append is tried before it is given up as unknown. */
  readonly totalMs: number;
}

const refuse = (reason: string): never => {
  throw new AppendRefused(reason);
};

/** The store answers some of these twice and then hangs every later append of the client, so they are never sent. */
const check = (stream: string, events: readonly NewEvent[]): void => {
  if (stream === '' || stream.length > MAX_NAME_LENGTH) refuse(`a stream name has 1 to ${MAX_NAME_LENGTH} characters`);
  let total = 0;
  for (const { type, data, metadata, id } of events) {
    if (type === '' || type.length > MAX_NAME_LENGTH) refuse(`an event type has 1 to ${MAX_NAME_LENGTH} characters`);
    const bytes = Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
    if (bytes > MAX_EVENT_BYTES) refuse(`event ${type} ${id} has ${bytes} bytes, more than ${MAX_EVENT_BYTES}`);
    total += bytes;
  }
  if (total > MAX_APPEND_BYTES) refuse(`the append has ${total} bytes, more than ${MAX_APPEND_BYTES}`);
};

/** Errors that leave open whether the append took effect, or that another node must be asked. */
const UNSETTLED: ReadonlySet<string> = new Set([
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
  ErrorType.UNKNOWN,
]);

class Unanswered extends Error {}

const unanswered = async (ms: number, signal: AbortSignal): Promise<never> => {
  await sleep(ms, undefined, { signal });
  throw new Unanswered(`no answer within ${ms} ms`);
};

const isUnsettled = (error: unknown): boolean =>
  error instanceof Unanswered || (error instanceof Error && isCommandError(error) && UNSETTLED.has(error.type));

const actualRevision = (error: WrongExpectedVersionError): Revision =>
  typeof error.actualVersion === 'bigint' && error.actualVersion >= 0n ? error.actualVersion : 'none';

const toEventData = ({ id, type, data, metadata }: NewEvent): EventData =>
  jsonEvent({ id, type, data: data as Record<string, unknown>, metadata: { ...metadata } });

/**
 * Appends once, whatever happens on the way: a try whose outcome is unknown is repeated with the same ids at the same
 * revision, which the server answers as a repeat where the first had landed. Ids are never checked at a newer revision,
 * so nothing is re-read in between.
 */
export const appendOnce = async (
  connection: Connection,
  stream: string,
  expected: Revision,
  events: readonly NewEvent[],
  times: AppendTimes,
): Promise<Appended> => {
  check(stream, events);
  const data = events.map(toEventData);
  const expectedRevision = expected === 'none' ? 'no_stream' : expected;
  const giveUpAt = performance.now() + times.totalMs;
  for (let attempt = 0; ; attempt++) {
    const client = connection.client;
    const timer = new AbortController();
    try {
      const answer = await Promise.race([
        client.appendToStream(stream, data, { expectedRevision }),
        unanswered(times.tryMs, timer.signal),
      ]);
      if (!answer.position) throw new AppendRefused(`${stream} was deleted; its name is not used again`);
      return { revision: answer.nextExpectedRevision, position: answer.position };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError)
        throw new RevisionConflict(stream, expected, actualRevision(error));
      if (!isUnsettled(error)) throw error;
      connection.renew(client);
      const pause = Math.min(50 * 2 ** attempt, 1_000);
      if (performance.now() + pause >= giveUpAt)
        throw new StoreUnavailable(`append to ${stream} stayed unsettled for ${times.totalMs} ms`, { cause: error });
      await sleep(pause);
    } finally {
      timer.abort();
    }
  }
};
