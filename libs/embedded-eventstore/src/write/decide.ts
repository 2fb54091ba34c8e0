/** What the writer of an append says about the stream; a number is the revision of its last event. */
export type ExpectedRevision = 'any' | 'no_stream' | 'stream_exists' | bigint;

export type StreamFacts = {
  /** Revision of the last event, -1 where there is none. */
  readonly last: bigint;
  readonly tombstoned: boolean;
  readonly softDeleted: boolean;
  /** Somebody wrote metadata for it, so `stream_exists` holds without any event. */
  readonly hasMetadata: boolean;
};

export type KnownIds = {
  /** The revision an event has in this stream, if it is among those written lately. Empty after a restart. */
  readonly recent: (id: string) => bigint | undefined;
  /** The id of the event at a revision of this stream, as the log has it. */
  readonly at: (revision: bigint) => string | undefined;
};

export type Verdict =
  | { readonly kind: 'write' }
  /** All of it stands in the stream already; `last` is the revision of its last event. */
  | { readonly kind: 'repeat'; readonly last: bigint }
  | { readonly kind: 'wrong-expected-revision' }
  | { readonly kind: 'stream-deleted' };

const WRITE: Verdict = { kind: 'write' };
const WRONG: Verdict = { kind: 'wrong-expected-revision' };
const DELETED: Verdict = { kind: 'stream-deleted' };

/**
 * Whether an append is written, was written before, or is refused: EventStoreDB's rules of expected revision and
 * idempotency, event ids being the keys.
 */
export const decide = (
  expected: ExpectedRevision,
  ids: readonly string[],
  stream: StreamFacts,
  known: KnownIds,
): Verdict => {
  if (stream.tombstoned) return DELETED;
  if (expected === 'stream_exists') {
    if (stream.softDeleted) return DELETED;
    if (stream.last < 0n && !stream.hasMetadata) return WRONG;
  }
  if (expected === 'any' || expected === 'stream_exists') return decideByRecentIds(ids, known);

  const after = expected === 'no_stream' ? -1n : expected;
  if (after > stream.last) return WRONG;
  if (after === stream.last) return WRITE;
  return decideByLog(after, ids, stream, known);
};

/** Without a revision to look at, only the memory of the last writes tells a repeat. */
const decideByRecentIds = (ids: readonly string[], known: KnownIds): Verdict => {
  let last: bigint | undefined;
  for (const [i, id] of ids.entries()) {
    const revision = known.recent(id);
    if (revision === undefined) return i === 0 ? WRITE : WRONG;
    last = revision;
  }
  return last === undefined ? WRITE : { kind: 'repeat', last };
};

/** The stream has moved on: a repeat if these very events follow the expected revision. */
const decideByLog = (after: bigint, ids: readonly string[], stream: StreamFacts, known: KnownIds): Verdict => {
  let revision = after;
  for (const [i, id] of ids.entries()) {
    revision += 1n;
    if (known.recent(id) === revision || known.at(revision) === id) continue;
    return i === 0 && after === -1n && stream.softDeleted ? WRITE : WRONG;
  }
  return ids.length === 0 ? WRONG : { kind: 'repeat', last: revision };
};
