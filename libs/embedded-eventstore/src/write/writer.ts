import { setImmediate as answersGoOut } from 'node:timers/promises';

import { type Changes } from '../changes';
import { CallFailed, type Failure } from '../failure';
import { type EventLog } from '../storage/event-log';
import { metastreamOf } from '../storage/stream-record';
import { type ExpectedRevision } from './decide';
import { type ProposedEvent, type StreamWrites, type Written } from './stream-writes';

type LogNotWritable = Extract<Failure, { kind: 'log-not-writable' }>;

/**
 * The one way to change the log. Every call is one transaction, answered after it was flushed; calls that come while
 * another is being flushed share the next flush.
 */
export class Writer {
  private readonly running = new Set<Promise<unknown>>();
  private refusal: Failure | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly writes: StreamWrites,
    private readonly changes: Changes,
    /** What is on disk is uncertain then, so the node has to end. */
    private readonly onBroken: (failure: LogNotWritable) => void,
  ) {}

  /** @throws CallFailed */
  append(stream: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): Promise<Written> {
    return this.transaction(stream, () => this.writes.append(stream, expected, events));
  }

  /** @throws CallFailed */
  softDelete(stream: string, expected: ExpectedRevision): Promise<Written> {
    return this.transaction(stream, () => this.writes.softDelete(stream, expected));
  }

  /** @throws CallFailed */
  tombstone(stream: string, expected: ExpectedRevision): Promise<Written> {
    return this.transaction(stream, () => this.writes.tombstone(stream, expected));
  }

  /** Lets what is being written be flushed and answered, and refuses everything else. */
  async close(): Promise<void> {
    this.refusal ??= { kind: 'shutting-down' };
    await Promise.allSettled(this.running);
    await answersGoOut();
  }

  private async transaction(stream: string, work: () => Written): Promise<Written> {
    if (this.refusal) throw new CallFailed(this.refusal);
    const flushed = this.log.transaction(() => refusalAsAnswer(work));
    this.running.add(flushed);
    const outcome = await flushed.catch((error: unknown) => this.breakDown(error));
    this.running.delete(flushed);
    if (outcome instanceof CallFailed) throw outcome;
    this.changes.announce([stream, metastreamOf(stream)]);
    return outcome;
  }

  private breakDown(error: unknown): CallFailed {
    const message = error instanceof Error ? error.message : String(error);
    const failure: LogNotWritable = { kind: 'log-not-writable', message };
    if (this.refusal?.kind !== 'log-not-writable') this.onBroken(failure);
    this.refusal = failure;
    return new CallFailed(failure);
  }
}

/** A refusal is no failure of the transaction; anything else that is thrown is. */
const refusalAsAnswer = (work: () => Written): Written | CallFailed => {
  try {
    return work();
  } catch (error) {
    if (error instanceof CallFailed) return error;
    throw error;
  }
};
