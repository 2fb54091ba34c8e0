import { mkdirSync } from 'node:fs';

import { type Database, open, type RootDatabase } from 'lmdb';
import { LRUCache } from 'lru-cache';

import { decodeEntry, encodeEntry, type Entry } from './entry';
import { nameKey, positionKey, positionOf, revisionKey, revisionOf } from './keys';
import { newStream, type StreamRecord } from './stream-record';

export type EventLogOptions = {
  readonly directory: string;
  /** false leaves flushing to the operating system: for throw-away logs only. */
  readonly sync: boolean;
  /** Where an empty log begins. */
  readonly firstPosition: bigint;
};

/** Where an event of a stream stands. */
export type IndexEntry = { readonly revision: bigint; readonly position: bigint };

/** A page ends at either limit, so that what a paused reader keeps waiting is small. */
const PAGE_EVENTS = 256;
const PAGE_BYTES = 256 * 1024;

const FORMAT = 1n;
const CACHED_NAMES = 20_000;

export class LogInUse extends Error {
  constructor(directory: string, pids: readonly number[]) {
    super(
      `The log in ${directory} is open in another process (pid ${pids.join(', ')}). Stop that one, or choose another data directory.`,
    );
    this.name = 'LogInUse';
  }
}

/**
 * The log and its indexes in lmdb.
 *
 * `overlappingSync` is off: a transaction becomes visible only after it was flushed, so whatever can be read is
 * durable. lmdb collects the transactions that wait while another is being flushed into one flush (group commit).
 * Nothing is kept in memory that a transaction changes, so an aborted one leaves nothing behind.
 */
export class EventLog {
  private readonly streamNames = new LRUCache<number, string>({ max: CACHED_NAMES });
  private readonly typeNames = new LRUCache<number, string>({ max: CACHED_NAMES });

  private constructor(
    private readonly root: RootDatabase,
    private readonly counters: Database<bigint, string>,
    /** position → entry */
    private readonly entries: Database<Buffer, Buffer>,
    /** stream id, revision → position, event id */
    private readonly index: Database<Buffer, Buffer>,
    /** name → what is known of the stream */
    private readonly streams: Database<StreamRecord, Buffer>,
    private readonly names: Database<string, number>,
    /** name → type id */
    private readonly typeIds: Database<number, Buffer>,
    private readonly types: Database<string, number>,
  ) {}

  /** @throws LogInUse @throws Error where the log cannot be read, or has another format. */
  static async open({ directory, sync, firstPosition }: EventLogOptions): Promise<EventLog> {
    mkdirSync(directory, { recursive: true });
    const root = open({ path: directory, overlappingSync: false, noSync: !sync, maxDbs: 8, noSubdir: false });
    const binary = { keyEncoding: 'binary', encoding: 'binary' } as const;
    const counters = root.openDB<bigint, string>('counters', {});
    const log = new EventLog(
      root,
      counters,
      root.openDB('entries', binary),
      root.openDB('index', binary),
      root.openDB('streams', { keyEncoding: 'binary' }),
      root.openDB('names', { keyEncoding: 'uint32', encoding: 'string' }),
      root.openDB('type-ids', { keyEncoding: 'binary' }),
      root.openDB('types', { keyEncoding: 'uint32', encoding: 'string' }),
    );
    const others = log.otherProcesses();
    const format = counters.get('format') ?? FORMAT;
    if (others.length > 0 || format !== FORMAT) await root.close();
    if (others.length > 0) throw new LogInUse(directory, others);
    if (format !== FORMAT) {
      throw new Error(`The log in ${directory} has format ${format}; this version reads format ${FORMAT}.`);
    }
    if (counters.get('format') === undefined) {
      root.transactionSync(() => {
        counters.putSync('format', FORMAT);
        counters.putSync('next-position', firstPosition);
      });
    }
    return log;
  }

  /** Resolves once the work is flushed; where the work throws, none of it happened. */
  async transaction<T>(work: () => T): Promise<T> {
    try {
      return await this.root.childTransaction(work);
    } catch (error) {
      throw await reasonOf(error);
    }
  }

  close(): Promise<void> {
    return this.root.close();
  }

  /** The position the next event of the log will have. To be asked, like all that writes, inside a transaction. */
  nextPosition(): bigint {
    const position = this.counters.get('next-position');
    if (position === undefined) throw new Error('The log has lost its counter "next-position".');
    return position;
  }

  /** The stream as it stands, entered in the register of names where it is new. */
  openStream(name: string): StreamRecord {
    const known = this.stream(name);
    if (known) return known;
    const stream = newStream(this.nextId('stream'));
    this.names.putSync(stream.id, name);
    this.saveStream(name, stream);
    return stream;
  }

  saveStream(name: string, stream: StreamRecord): void {
    this.streams.putSync(nameKey(name), stream);
  }

  openType(name: string): number {
    const key = nameKey(name);
    const known = this.typeIds.get(key);
    if (known !== undefined) return known;
    const id = this.nextId('type');
    this.typeIds.putSync(key, id);
    this.types.putSync(id, name);
    return id;
  }

  /** Positions grow by the size of what is stored, like offsets in a file: one of another log rarely fits. */
  put(entry: Entry, eventId: Buffer): void {
    const bytes = encodeEntry(entry);
    const position = positionKey(entry.position);
    this.entries.putSync(position, bytes);
    this.index.putSync(revisionKey(entry.streamId, entry.revision), Buffer.concat([position, eventId]));
    this.counters.putSync('next-position', entry.position + BigInt(bytes.length));
  }

  private nextId(kind: 'stream' | 'type'): number {
    const id = this.counters.get(kind) ?? 1n;
    this.counters.putSync(kind, id + 1n);
    return Number(id);
  }

  stream(name: string): StreamRecord | undefined {
    return this.streams.get(nameKey(name));
  }

  streamName(id: number): string {
    return named(this.streamNames, this.names, id);
  }

  typeName(id: number): string {
    return named(this.typeNames, this.types, id);
  }

  /** Position of the last event, undefined in an empty log. */
  head(): bigint | undefined {
    for (const key of this.entries.getKeys({ reverse: true, limit: 1 })) return positionOf(key);
    return undefined;
  }

  /** The event at a position, undefined between two events. */
  entry(position: bigint): Entry | undefined {
    const bytes = this.entries.get(positionKey(position));
    return bytes && decodeEntry(position, bytes);
  }

  /** A page of the log, from `position` on. */
  forwards(position: bigint): Entry[] {
    return this.page({ start: positionKey(position), limit: PAGE_EVENTS });
  }

  /** A page of the log backwards, below `position`. */
  backwards(position: bigint | undefined): Entry[] {
    const start = position === undefined ? {} : { start: positionKey(position), exclusiveStart: true };
    return this.page({ ...start, reverse: true, limit: PAGE_EVENTS });
  }

  /** A page of a stream's index, `from` and `to` included; `from` above `to` reads backwards. */
  indexed(streamId: number, from: bigint, to: bigint): IndexEntry[] {
    const range = {
      start: revisionKey(streamId, from),
      end: revisionKey(streamId, to),
      inclusiveEnd: true,
      reverse: from > to,
      limit: PAGE_EVENTS,
    };
    return Array.from(this.index.getRange(range), ({ key, value }) => ({
      revision: revisionOf(key),
      position: value.readBigUInt64BE(0),
    }));
  }

  /** The event at a revision of a stream: where it stands and its id. */
  at(streamId: number, revision: bigint): { position: bigint; id: Buffer } | undefined {
    const value = this.index.get(revisionKey(streamId, revision));
    return value && { position: value.readBigUInt64BE(0), id: value.subarray(8) };
  }

  private page(range: Parameters<typeof this.entries.getRange>[0]): Entry[] {
    const page: Entry[] = [];
    let bytes = 0;
    for (const { key, value } of this.entries.getRange(range)) {
      page.push(decodeEntry(positionOf(key), value));
      bytes += value.length;
      if (bytes >= PAGE_BYTES) break;
    }
    return page;
  }

  /** Other processes that have the log open: lmdb lists them and knows which of them still live. */
  private otherProcesses(): number[] {
    this.head();
    this.root.readerCheck();
    const pids = this.root.readerList().split('\n').slice(1);
    return pids.map((line) => Number(line.trim().split(/\s+/)[0])).filter((pid) => pid > 0 && pid !== process.pid);
  }
}

const named = (cache: LRUCache<number, string>, names: Database<string, number>, id: number): string => {
  const cached = cache.get(id);
  if (cached !== undefined) return cached;
  const name = names.get(id);
  if (name === undefined) throw new Error(`The log has no name for id ${id}.`);
  cache.set(id, name);
  return name;
};

/** Why a commit failed is a promise inside lmdb's error, rejected by the time the error is seen. */
const reasonOf = (error: unknown): unknown =>
  error instanceof Error && 'commitError' in error
    ? Promise.race([error.commitError as Promise<never>, Promise.resolve(error)]).catch((reason: unknown) => reason)
    : error;
