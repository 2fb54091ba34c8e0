import type { EventMetadata, Position, StoredEvent } from '@tempore/kernel';

/** The revision a stream must be at for an append to be accepted; `none` for a stream that must not exist. */
export type Revision = bigint | 'none';

export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

export interface Slice {
  readonly events: readonly StoredEvent[];
  /** Of the last event read; the one before `from` where nothing stands from there on. */
  readonly revision: Revision;
}

export interface Appended {
  readonly revision: bigint;
  readonly position: Position;
}

/** What a subscription hands over at once: in log order, each event exactly once. */
export interface Delivery {
  readonly events: readonly StoredEvent[];
  /** Everything asked for at or before this place has been delivered, this delivery included. */
  readonly through: Position | undefined;
  /** The end of the log was reached with this delivery. It may be said again after every reconnection. */
  readonly caughtUp: boolean;
}

/**
 * Which kinds of stream are meant: those of these categories, or every stream of the installation, also of a kind that
 * the running code does not know yet (docs/adr/0014).
 */
export type Categories = readonly string[] | 'everything';

export interface SubscribeOptions {
  /** What to deliver; filtered on the server. */
  readonly categories: Categories;
  /** Delivers what stands after this place; from the beginning where absent. */
  readonly from?: Position | undefined;
  readonly signal: AbortSignal;
  /** The most events in one delivery. */
  readonly batchSize?: number;
  /** Told each time the connection was lost and will be tried again. */
  readonly onReconnect?: (error: unknown, delayMs: number) => void;
}

/**
 * The log, as the rest of the house knows it. Stream names are without the namespace, and begin with a category, in
 * lower-case letters and digits, and a dash: by that they are followed.
 */
export interface EventStore {
  /**
   * Reads a stream from a revision on (inclusive), to another one (inclusive) or to its end. One that does not exist is
   * empty. Throws `StoreUnavailable`.
   */
  load(stream: string, from?: bigint, through?: bigint): Promise<Slice>;

  /**
   * Appends all events or none. Settles unknown outcomes itself, by the same ids at the same revision.
   * Throws `RevisionConflict`, `AppendRefused` (nothing was written), or `StoreUnavailable` (outcome unknown).
   */
  append(stream: string, expected: Revision, events: readonly [NewEvent, ...NewEvent[]]): Promise<Appended>;

  /**
   * Follows the log, reconnecting by itself, until the signal is aborted or the store closed. Throws `ForeignPosition`.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<Delivery>;

  /** Reads the log from a place to what is its end when the read gets there, or until the signal is aborted. */
  readAll(options: SubscribeOptions): AsyncIterable<StoredEvent>;

  /**
   * The place of the newest event of these categories: where whoever follows them will get to. The end of the whole
   * store would not do, since a follower learns of what others write there in large steps only.
   */
  newest(categories: Categories): Promise<Position | undefined>;

  /** Ends everything under way; what was not answered is settled by `StoreUnavailable`. */
  close(): Promise<void>;
}
