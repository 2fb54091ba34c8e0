import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID';
import { StreamIdentifier, UUID, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb';
import { BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import type { Position } from '@tempore/kernel';

import { AppendRefused } from '../errors';
import type { NewEvent, Revision } from '../port';
import { Unsettled } from './failures';

/** Far below the server's 1 MiB, whose exact edge differs between versions. */
const MAX_EVENT_BYTES = 256 * 1024;
const MAX_APPEND_BYTES = 768 * 1024;
const MAX_NAME_LENGTH = 1024;

/** What the server says of an append when it settles it. */
export type Answer =
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: Position }
  | { readonly kind: 'conflict'; readonly actual: Revision }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The events as they are sent. The server answers some faults twice and others not at all, so they are found here.
 * Throws `AppendRefused`.
 */
export const encodeEvents = (
  stream: string,
  events: readonly NewEvent[],
): readonly BatchAppendReq.ProposedMessage[] => {
  checkName('stream name', stream);
  let total = 0;
  return events.map(({ id, type, data, metadata }) => {
    checkName('event type', type);
    const [content, about] = [data, metadata].map((value) => Buffer.from(JSON.stringify(value))) as [Buffer, Buffer];
    const bytes = content.length + about.length;
    total += bytes;
    if (bytes > MAX_EVENT_BYTES)
      throw new AppendRefused(`Event ${type} has ${bytes} bytes; at most ${MAX_EVENT_BYTES} are kept.`);
    if (total > MAX_APPEND_BYTES)
      throw new AppendRefused(`The append has more than the ${MAX_APPEND_BYTES} bytes that are kept at once.`);
    const message = new BatchAppendReq.ProposedMessage()
      .setId(new UUID().setString(id))
      .setData(content)
      .setCustomMetadata(about);
    message.getMetadataMap().set('type', type).set('content-type', 'application/json');
    return message;
  });
};

const checkName = (what: string, name: string): void => {
  if (name === '' || name.length > MAX_NAME_LENGTH || name.startsWith('$'))
    throw new AppendRefused(
      `The ${what} "${name.slice(0, 80)}" must have 1 to ${MAX_NAME_LENGTH} characters and not begin with $.`,
    );
};

/**
 * Asks for all events or none, at one revision. It names no deadline: the protocol has a point in time there, which
 * means something else on a machine whose clock differs, and the server has a write time-out of its own.
 */
export const appendRequest = (
  correlationId: string,
  stream: string,
  expected: Revision,
  events: readonly BatchAppendReq.ProposedMessage[],
): BatchAppendReq => {
  const options = new BatchAppendReq.Options().setStreamIdentifier(
    new StreamIdentifier().setStreamName(Buffer.from(stream)),
  );
  if (expected === 'none') options.setNoStream(new Empty());
  else options.setStreamPosition(expected.toString());
  return new BatchAppendReq()
    .setCorrelationId(new UUID().setString(correlationId))
    .setOptions(options)
    .setProposedMessagesList([...events])
    .setIsFinal(true);
};

export const correlationOf = (response: BatchAppendResp): string => parseUUID(response.getCorrelationId()) ?? '';

/** Reads an answer. Throws `Unsettled` where it leaves open whether the append takes effect. */
export const readAnswer = (response: BatchAppendResp): Answer => {
  const error = response.getError();
  if (error) return readError(error.getDetails(), error.getMessage());
  const success = response.getSuccess();
  const position = success?.getPosition();
  // A repeat of what the server has not indexed yet: the next try is told the place.
  if (!success || !position) throw new Unsettled('the store answered a repeat without its place');
  return {
    kind: 'appended',
    revision: BigInt(success.getCurrentRevision()),
    position: { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) },
  };
};

type Details = ReturnType<NonNullable<ReturnType<BatchAppendResp['getError']>>['getDetails']>;

const readError = (details: Details, message: string): Answer => {
  const name = details?.getTypeName().replace('event_store.client.', '') ?? 'an error';
  switch (name) {
    case 'WrongExpectedVersion': {
      const conflict = WrongExpectedVersion.deserializeBinary(details?.getValue_asU8() ?? new Uint8Array());
      const exists = conflict.hasCurrentStreamRevision();
      return { kind: 'conflict', actual: exists ? BigInt(conflict.getCurrentStreamRevision()) : 'none' };
    }
    case 'StreamDeleted':
    case 'AccessDenied':
    case 'MaximumAppendSizeExceeded':
    case 'BadRequest':
      return { kind: 'refused', reason: `${name} ${message}`.trim() };
    default:
      throw new Unsettled(`the store answered ${name} ${message}`.trim());
  }
};
