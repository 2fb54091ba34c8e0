import {
  firstVisible,
  isExpired,
  isSoftDeleted,
  NO_RETENTION,
  parseRetention,
  SOFT_DELETED,
  undeleted,
} from './retention';

const metadata = (value: unknown) => parseRetention(Buffer.from(JSON.stringify(value)));

describe('given stream metadata', () => {
  it('when it names limits, they are taken', () => {
    expect(metadata({ $maxCount: 7, $maxAge: 2, $tb: 3, $acl: {}, own: 'x' })).toEqual({
      maxCount: 7n,
      maxAgeMs: 2_000,
      truncateBefore: 3n,
    });
  });

  it.each([{ $maxCount: 0 }, { $maxCount: -1 }, { $maxAge: 0 }, { $tb: -1 }, { $tb: 0 }, {}])(
    'when it says %j, which limits nothing, it hides nothing',
    (value) => {
      expect(metadata(value)).toEqual(NO_RETENTION);
    },
  );

  it.each([{ $maxCount: 'x' }, { $maxCount: 1.5 }, [], 'text', null, { $maxAge: 5, $tb: {} }])(
    'when it is %j, which is no stream metadata, it hides nothing',
    (value) => {
      expect(metadata(value)).toEqual(NO_RETENTION);
    },
  );

  it('when it is no JSON, it hides nothing', () => {
    expect(parseRetention(Buffer.from('nonsense'))).toEqual(NO_RETENTION);
  });

  it('when it truncates before the highest revision, the stream is soft-deleted', () => {
    const deleted = parseRetention(Buffer.from('{"$tb":9223372036854775807}'));
    expect(deleted.truncateBefore).toBe(SOFT_DELETED);
    expect(isSoftDeleted(deleted)).toBe(true);
  });

  it('when the stream goes on after a deletion, it keeps its other keys and shows the new events', () => {
    const shown = undeleted(Buffer.from('{"$tb":9223372036854775807,"own":1}'), 3n);
    expect(JSON.parse(shown.toString())).toEqual({ $tb: 3, own: 1 });
  });
});

describe('given a stream whose last revision is 9', () => {
  it.each([
    [{}, 0n],
    [{ maxCount: 3n }, 7n],
    [{ maxCount: 30n }, 0n],
    [{ truncateBefore: 4n }, 4n],
    [{ truncateBefore: 99n }, 99n],
    [{ maxCount: 3n, truncateBefore: 4n }, 7n],
    [{ maxCount: 3n, truncateBefore: 8n }, 8n],
  ])('when retention is %p, the first revision to be seen is %p', (retention, first) => {
    expect(firstVisible(retention, 9n)).toBe(first);
  });
});

describe('given a maximum age of one second', () => {
  it.each([
    [999, false],
    [1_000, false],
    [1_001, true],
  ])('when an event is %d ms old, expired is %p', (age, expired) => {
    expect(isExpired({ maxAgeMs: 1_000 }, 50_000 - age, 50_000)).toBe(expired);
  });
});
