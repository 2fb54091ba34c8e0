import { randomUUID } from 'node:crypto';

import { CallFailed } from '../failure';
import { isSoftDeleted, parseRetention, SOFT_DELETED, undeleted } from '../retention';
import { type EventLog } from '../storage/event-log';
import { describedBy, isMetastream, metastreamOf, TOMBSTONE_REVISION } from '../storage/stream-record';
import { decodeRecordedEvent, encodeRecordedEvent } from '../wire/recorded-event';
import { uuidBytes, uuidText } from '../wire/uuid';
import { decide, type ExpectedRevision, type KnownIds, type StreamFacts, type Verdict } from './decide';
import { type RecentIds } from './recent-ids';

export type ProposedEvent = {
  /** Canonical UUID: the key of idempotency. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
};

export type Written = {
  /** Revision of the stream's last event of this write, -1 where the stream has none. */
  readonly revision: bigint;
  /** Position of that event; none where a repeat meets a soft-deleted stream. */
  readonly position: bigint | undefined;
};

/**
 * What may be done to a stream, each as the body of one transaction: it is decided before anything is put, so a
 * `CallFailed` leaves nothing behind.
 */
export class StreamWrites {
  constructor(
    private readonly log: EventLog,
    private readonly recentIds: RecentIds,
    private readonly nowMs: () => number,
  ) {}

  /** @throws CallFailed */
  append(stream: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): Written {
    const ids = events.map(({ id }) => id);
    const verdict = this.verdict(stream, expected, ids);
    if (verdict.kind === 'repeat') return this.earlier(stream, verdict.last);
    const last = events.at(-1);
    if (!last) return { revision: this.log.stream(stream)?.last ?? -1n, position: this.log.head() };

    const before = this.log.openStream(stream);
    let revision = before.last;
    let position = 0n;
    for (const event of events) {
      revision += 1n;
      position = this.put(stream, before.id, revision, event);
    }
    this.log.saveStream(stream, { ...before, last: revision });
    if (isMetastream(stream)) this.describe(describedBy(stream), last.data);
    if (isSoftDeleted(before.retention)) this.showFrom(stream, before.last + 1n);
    return { revision, position };
  }

  /** Hides a stream by its metadata; it may be written again. @throws CallFailed */
  softDelete(stream: string, expected: ExpectedRevision): Written {
    this.check(stream, expected);
    const { last, hasMetadata } = this.factsOf(stream);
    if (last < 0n && !hasMetadata) throw wrongExpectedRevision(stream, expected, last);
    return this.writeMetadata(stream, Buffer.from(`{"$tb":${SOFT_DELETED}}`));
  }

  /** Ends a stream for ever. @throws CallFailed */
  tombstone(stream: string, expected: ExpectedRevision): Written {
    this.check(stream, expected);
    const record = this.log.openStream(stream);
    const position = this.put(stream, record.id, TOMBSTONE_REVISION, {
      id: randomUUID(),
      type: '$streamDeleted',
      contentType: 'application/octet-stream',
      metadata: NOTHING,
      data: NOTHING,
    });
    this.log.saveStream(stream, { ...record, tombstoned: true });
    return { revision: TOMBSTONE_REVISION, position };
  }

  /** @throws CallFailed unless the stream may be written. */
  private verdict(
    stream: string,
    expected: ExpectedRevision,
    ids: readonly string[],
  ): Extract<Verdict, { kind: 'write' | 'repeat' }> {
    const facts = this.factsOf(stream);
    const verdict = decide(expected, ids, facts, this.knownIdsOf(stream));
    switch (verdict.kind) {
      case 'stream-deleted':
        throw new CallFailed({ kind: 'stream-deleted', stream });
      case 'wrong-expected-revision':
        throw wrongExpectedRevision(stream, expected, facts.last);
      case 'write':
      case 'repeat':
        return verdict;
    }
  }

  /** Deletes carry no event of the caller's, so they are checked as an append that was never seen. */
  private check(stream: string, expected: ExpectedRevision): void {
    this.verdict(stream, expected, [randomUUID()]);
  }

  private factsOf(stream: string): StreamFacts {
    const record = this.log.stream(stream);
    const described = isMetastream(stream) ? this.log.stream(describedBy(stream)) : undefined;
    return {
      last: record?.last ?? -1n,
      tombstoned: (record?.tombstoned ?? false) || (described?.tombstoned ?? false),
      softDeleted: record !== undefined && isSoftDeleted(record.retention),
      hasMetadata: (this.log.stream(metastreamOf(stream))?.last ?? -1n) >= 0n,
    };
  }

  private knownIdsOf(stream: string): KnownIds {
    const record = this.log.stream(stream);
    if (!record) return { recent: () => undefined, at: () => undefined };
    return {
      recent: (id) => this.recentIds.revisionOf(id, record.id),
      at: (revision) => {
        const event = this.log.at(record.id, revision);
        return event && uuidText(event.id);
      },
    };
  }

  private earlier(stream: string, revision: bigint): Written {
    const record = this.log.openStream(stream);
    const hidden = isSoftDeleted(record.retention);
    return { revision, position: hidden ? undefined : this.log.at(record.id, revision)?.position };
  }

  /** The metadata of a deleted stream that goes on: shown from its new events on, else as it was. */
  private showFrom(stream: string, revision: bigint): void {
    const metastream = this.log.stream(metastreamOf(stream));
    const latest = metastream && this.log.at(metastream.id, metastream.last);
    const entry = latest && this.log.entry(latest.position);
    const data = entry ? decodeRecordedEvent(entry.event).getData_asU8() : NOTHING;
    this.writeMetadata(stream, undeleted(data, revision));
  }

  private writeMetadata(stream: string, data: Uint8Array): Written {
    const event = { id: randomUUID(), type: '$metadata', contentType: 'application/json', metadata: NOTHING, data };
    return this.append(metastreamOf(stream), 'any', [event]);
  }

  /** Metastreams have a fixed retention, whatever is written about them. */
  private describe(stream: string, metadata: Uint8Array): void {
    if (isMetastream(stream)) return;
    this.log.saveStream(stream, { ...this.log.openStream(stream), retention: parseRetention(metadata) });
  }

  private put(stream: string, streamId: number, revision: bigint, event: ProposedEvent): bigint {
    const position = this.log.nextPosition();
    const createdMs = this.nowMs();
    const typeId = this.log.openType(event.type);
    const recorded = encodeRecordedEvent({ ...event, stream, revision, position, createdMs });
    this.log.put({ position, streamId, typeId, revision, createdMs, event: recorded }, uuidBytes(event.id));
    this.recentIds.remember(event.id, streamId, revision);
    return position;
  }
}

const NOTHING = new Uint8Array();

const wrongExpectedRevision = (stream: string, expected: ExpectedRevision, current: bigint): CallFailed =>
  new CallFailed({ kind: 'wrong-expected-revision', stream, expected, current });
