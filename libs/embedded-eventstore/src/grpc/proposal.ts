import { type AppendReq, type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';

import { badRequest, CallFailed } from '../failure';
import { readUuid } from '../wire/uuid';
import { type ExpectedRevision } from '../write/decide';
import { type ProposedEvent } from '../write/stream-writes';

/** Clients take messages of 17 MiB at most. */
export const LARGEST_EVENT = 16 * 1024 * 1024;

/** Events of one append as they come in, held to the size limit. */
export class Proposal {
  readonly events: ProposedEvent[] = [];
  private size = 0;

  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    private readonly maxAppendSize: number,
  ) {}

  /** @throws CallFailed where the event is not well-formed or one too many. */
  add(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): void {
    const event = proposedEvent(message);
    if (event.data.length + event.metadata.length > LARGEST_EVENT) {
      throw badRequest(`An event of more than ${LARGEST_EVENT} bytes could not be read again.`);
    }
    // Data alone, as the server counts: its limit forgets metadata and type.
    this.size += event.data.length;
    if (this.size > this.maxAppendSize) throw new CallFailed({ kind: 'append-too-large', limit: this.maxAppendSize });
    this.events.push(event);
  }
}

type RevisionOptions = {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
};

/** The expectation of a request, in whichever of its forms; `revision` is asked where it is a number. */
export const expectedRevision = (options: RevisionOptions, revision: string): ExpectedRevision => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt(revision);
};

const proposedEvent = (message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): ProposedEvent => {
  const id = readUuid(message.getId());
  if (id === undefined) throw badRequest('The event id is missing or no UUID.');
  const type = message.getMetadataMap().get('type');
  const contentType = message.getMetadataMap().get('content-type');
  if (type === undefined || contentType === undefined) {
    throw new CallFailed({ kind: 'event-without-type-or-content-type' });
  }
  if (type === '') throw badRequest('The event type is empty.');
  return { id, type, contentType, metadata: message.getCustomMetadata_asU8(), data: message.getData_asU8() };
};
