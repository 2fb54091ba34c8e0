import { randomUUID } from 'node:crypto';
import { setImmediate as answersGoOut } from 'node:timers/promises';

import { type Changes } from '../changes';
import { CallFailed, type Failure } from '../failure';
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
  /** Revision of the stream's last event of this append, -1 where the stream has none. */
  readonly revision: bigint;
  /** Position of that event; none where a repeat meets a soft-deleted stream. */
  readonly position: bigint | undefined;
};

type LogNotWritable = Extract<Failure, { kind: 'log-not-writable' }>;

/**
 * The one place that changes the log. Every call is one transaction, answered after it was flushed; calls that come
 * while another is being flushed share the next flush.
 */
export class Writer {
  private readonly running = new Set<Promise<unknown>>();
  private refusal: Failure | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly recentIds: RecentIds,
    private readonly changes: Changes,
    private readonly nowMs: () => number,
    /** The log could not be written: what is on disk is uncertain, so the node has to end. */
    private readonly onBroken: (failure: LogNotWritable) => void,
  ) {}

  /** @throws CallFailed */
  append(stream: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): Promise<Written> {
    return this.transaction((touched) => this.appendNow(stream, expected, events, touched));
  }

  /** Hides a stream by its metadata; it may be written again. @throws CallFailed */
  softDelete(stream: string, expected: ExpectedRevision): Promise<Written> {
    return this.transaction((touched) => {
      this.check(stream, expected);
      const facts = this.factsOf(stream);
      if (facts.last < 0n && !facts.hasMetadata) throw wrongExpectedRevision(stream, expected, facts.last);
      return this.writeMetadata(stream, Buffer.from(`{"$tb":${SOFT_DELETED}}`), touched);
    });
  }

  /** Ends a stream for ever. @throws CallFailed */
  tombstone(stream: string, expected: ExpectedRevision): Promise<Written> {
    return this.transaction((touched) => {
      this.check(stream, expected);
      const tombstone = {
        id: randomUUID(),
        type: '$streamDeleted',
        contentType: 'application/octet-stream',
        metadata: NOTHING,
        data: NOTHING,
      };
      const record = this.log.openStream(stream);
      const position = this.put(stream, record.id, TOMBSTONE_REVISION, tombstone);
      this.log.saveStream(stream, { ...record, tombstoned: true });
      touched.add(stream);
      return { revision: TOMBSTONE_REVISION, position };
    });
  }

  /** Lets what is being written be flushed and answered, and refuses everything else. */
  async close(): Promise<void> {
    this.refusal ??= { kind: 'shutting-down' };
    await Promise.allSettled(this.running);
    await answersGoOut();
  }

  private async transaction(work: (touched: Set<string>) => Written): Promise<Written> {
    if (this.refusal) throw new CallFailed(this.refusal);
    const touched = new Set<string>();
    // A refusal is an answer, not a reason to roll back what stands beside it: nothing was written before it.
    const flushed = this.log.transaction((): Written | CallFailed => {
      try {
        return work(touched);
      } catch (error) {
        if (error instanceof CallFailed) return error;
        throw error;
      }
    });
    this.running.add(flushed);
    try {
      const outcome = await flushed;
      if (outcome instanceof CallFailed) throw outcome;
      this.changes.announce(touched);
      return outcome;
    } catch (error) {
      if (error instanceof CallFailed) throw error;
      throw new CallFailed(this.breakDown(error));
    } finally {
      this.running.delete(flushed);
    }
  }

  private breakDown(error: unknown): Failure {
    const failure: LogNotWritable = {
      kind: 'log-not-writable',
      message: error instanceof Error ? error.message : String(error),
    };
    if (this.refusal?.kind !== 'log-not-writable') this.onBroken(failure);
    this.refusal = failure;
    return failure;
  }

  private appendNow(
    stream: string,
    expected: ExpectedRevision,
    events: readonly ProposedEvent[],
    touched: Set<string>,
  ): Written {
    const verdict = this.verdict(
      stream,
      expected,
      events.map(({ id }) => id),
    );
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
    touched.add(stream);
    this.log.saveStream(stream, { ...before, last: revision });
    if (isMetastream(stream)) this.describe(describedBy(stream), last.data);
    if (isSoftDeleted(before.retention)) this.showFrom(stream, before.last + 1n, touched);
    return { revision, position };
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
    const described = isMetastream(stream) && this.log.stream(describedBy(stream));
    return {
      last: record?.last ?? -1n,
      tombstoned: (record?.tombstoned ?? false) || (described && described.tombstoned) || false,
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
  private showFrom(stream: string, revision: bigint, touched: Set<string>): void {
    const metastream = this.log.stream(metastreamOf(stream));
    const latest = metastream && this.log.at(metastream.id, metastream.last);
    const entry = latest && this.log.entry(latest.position);
    const data = entry ? decodeRecordedEvent(entry.event).getData_asU8() : NOTHING;
    this.writeMetadata(stream, undeleted(data, revision), touched);
  }

  private writeMetadata(stream: string, data: Uint8Array, touched: Set<string>): Written {
    const event = { id: randomUUID(), type: '$metadata', contentType: 'application/json', metadata: NOTHING, data };
    return this.appendNow(metastreamOf(stream), 'any', [event], touched);
  }

  private describe(stream: string, metadata: Uint8Array): void {
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
