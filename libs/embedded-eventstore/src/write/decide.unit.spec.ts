import { decide, type ExpectedRevision, type KnownIds, type StreamFacts, type Verdict } from './decide';

const WRITE: Verdict = { kind: 'write' };
const WRONG: Verdict = { kind: 'wrong-expected-revision' };
const DELETED: Verdict = { kind: 'stream-deleted' };
const repeat = (last: bigint): Verdict => ({ kind: 'repeat', last });

const empty: StreamFacts = { last: -1n, tombstoned: false, softDeleted: false, hasMetadata: false };
/** A stream with the events a, b and c at the revisions 0, 1 and 2. */
const abc: StreamFacts = { ...empty, last: 2n };
const softDeleted: StreamFacts = { ...abc, softDeleted: true, hasMetadata: true };
const tombstoned: StreamFacts = { ...abc, tombstoned: true };

const stored = ['a', 'b', 'c'];
const remembering: KnownIds = {
  recent: (id) => (stored.includes(id) ? BigInt(stored.indexOf(id)) : undefined),
  at: (revision) => stored[Number(revision)],
};
/** What is left after a restart: the log, no memory of late writes. */
const restarted: KnownIds = { ...remembering, recent: () => undefined };
const nothingKnown: KnownIds = { recent: () => undefined, at: () => undefined };

type Case = readonly [string, ExpectedRevision, StreamFacts, readonly string[], KnownIds, Verdict];

describe('given an append that expects any revision', () => {
  const cases: Case[] = [
    ['no stream, it is written', 'any', empty, ['x'], nothingKnown, WRITE],
    ['an unknown first event, it is written', 'any', abc, ['x', 'a'], remembering, WRITE],
    ['all events known, it is a repeat', 'any', abc, ['a', 'b', 'c'], remembering, repeat(2n)],
    ['the first events known, it is a repeat up to there', 'any', abc, ['a'], remembering, repeat(0n)],
    ['a known event and then an unknown one, it is refused', 'any', abc, ['a', 'x'], remembering, WRONG],
    ['known events but a restart since, it is written again', 'any', abc, ['a'], restarted, WRITE],
    ['no events at all, it is written', 'any', abc, [], remembering, WRITE],
    ['a soft-deleted stream, it is written', 'any', softDeleted, ['x'], remembering, WRITE],
    ['a soft-deleted stream and known events, it is a repeat', 'any', softDeleted, ['a'], remembering, repeat(0n)],
    ['a tombstone, the stream is deleted', 'any', tombstoned, ['x'], remembering, DELETED],
  ];
  it.each(cases)('when there is %s', (_, expected, stream, ids, known, verdict) => {
    expect(decide(expected, ids, stream, known)).toEqual(verdict);
  });
});

describe('given an append that expects the stream to exist', () => {
  const onlyMetadata = { ...empty, hasMetadata: true };
  const cases: Case[] = [
    ['a stream, it is written', 'stream_exists', abc, ['x'], remembering, WRITE],
    ['a stream with these events, it is a repeat', 'stream_exists', abc, ['b'], remembering, repeat(1n)],
    ['a known event and then an unknown one, it is refused', 'stream_exists', abc, ['a', 'x'], remembering, WRONG],
    ['no stream, it is refused', 'stream_exists', empty, ['x'], nothingKnown, WRONG],
    ['only metadata, it is written', 'stream_exists', onlyMetadata, ['x'], nothingKnown, WRITE],
    ['a soft-deleted stream, the stream is deleted', 'stream_exists', softDeleted, ['x'], remembering, DELETED],
    ['a soft-deleted stream, even for known events', 'stream_exists', softDeleted, ['a'], remembering, DELETED],
    ['a tombstone, the stream is deleted', 'stream_exists', tombstoned, ['x'], remembering, DELETED],
  ];
  it.each(cases)('when there is %s', (_, expected, stream, ids, known, verdict) => {
    expect(decide(expected, ids, stream, known)).toEqual(verdict);
  });
});

describe('given an append that expects a revision, or no stream', () => {
  const cases: Case[] = [
    ['no stream as expected, it is written', 'no_stream', empty, ['x'], nothingKnown, WRITE],
    [
      'no stream as expected, but metadata, it is written',
      'no_stream',
      { ...empty, hasMetadata: true },
      ['x'],
      nothingKnown,
      WRITE,
    ],
    ['the revision expected, it is written', 2n, abc, ['x'], remembering, WRITE],
    ['the revision expected, it is written even if the ids stand earlier', 2n, abc, ['a'], remembering, WRITE],
    ['the revision expected and no events, it is written', 2n, abc, [], remembering, WRITE],
    ['a lower revision, it is refused', 3n, abc, ['x'], remembering, WRONG],
    ['a lower revision, it is refused for known events too', 3n, abc, ['a'], remembering, WRONG],
    ['no stream but a revision expected, it is refused', 0n, empty, ['x'], nothingKnown, WRONG],
    [
      'a higher revision and all events behind it, it is a repeat',
      'no_stream',
      abc,
      ['a', 'b', 'c'],
      remembering,
      repeat(2n),
    ],
    ['a higher revision and its events further back, it is a repeat', 0n, abc, ['b'], remembering, repeat(1n)],
    ['a restart since, it is still a repeat', 'no_stream', abc, ['a', 'b'], restarted, repeat(1n)],
    ['a higher revision and other events, it is refused', 0n, abc, ['x'], remembering, WRONG],
    ['a higher revision and the events at another place, it is refused', 0n, abc, ['c'], remembering, WRONG],
    [
      'a higher revision and a later event that differs, it is refused',
      'no_stream',
      abc,
      ['a', 'x'],
      remembering,
      WRONG,
    ],
    ['a higher revision and one event too many, it is refused', 1n, abc, ['c', 'x'], remembering, WRONG],
    ['a higher revision and no events, it is refused', 1n, abc, [], remembering, WRONG],
    ['a soft-deleted stream and none expected, it is written', 'no_stream', softDeleted, ['x'], remembering, WRITE],
    ['a soft-deleted stream at the revision expected, it is written', 2n, softDeleted, ['x'], remembering, WRITE],
    ['a soft-deleted stream and these events, it is a repeat', 'no_stream', softDeleted, ['a'], restarted, repeat(0n)],
    [
      'a soft-deleted stream and a later event that differs, it is refused',
      'no_stream',
      softDeleted,
      ['a', 'x'],
      restarted,
      WRONG,
    ],
    ['a soft-deleted stream and an old revision expected, it is refused', 0n, softDeleted, ['x'], remembering, WRONG],
    [
      'a soft-deleted stream, none expected and no events, it is refused',
      'no_stream',
      softDeleted,
      [],
      remembering,
      WRONG,
    ],
    ['a tombstone and none expected, the stream is deleted', 'no_stream', tombstoned, ['x'], remembering, DELETED],
    ['a tombstone and these events, the stream is deleted', 'no_stream', tombstoned, ['a'], remembering, DELETED],
    ['a tombstone at the revision expected, the stream is deleted', 2n, tombstoned, ['x'], remembering, DELETED],
    ['a tombstone and a higher revision expected, the stream is deleted', 9n, tombstoned, ['x'], remembering, DELETED],
  ];
  it.each(cases)('when there is %s', (_, expected, stream, ids, known, verdict) => {
    expect(decide(expected, ids, stream, known)).toEqual(verdict);
  });
});
