import fc from 'fast-check';

import { decide, type ExpectedRevision, type Verdict } from './decide';

/** A stream in memory: what `decide` is told of it, and the effect of its verdicts. */
class Stream {
  readonly ids: string[] = [];

  /** The memory of late writes may have lost anything at any time. */
  constructor(private readonly forgets: (id: string) => boolean) {}

  append(expected: ExpectedRevision, ids: readonly string[]): Verdict {
    const last = BigInt(this.ids.length) - 1n;
    const verdict = decide(
      expected,
      ids,
      { last, tombstoned: false, softDeleted: false, hasMetadata: false },
      {
        recent: (id) => (this.forgets(id) || !this.ids.includes(id) ? undefined : BigInt(this.ids.lastIndexOf(id))),
        at: (revision) => this.ids[Number(revision)],
      },
    );
    if (verdict.kind === 'write') this.ids.push(...ids);
    return verdict;
  }
}

const append = fc.record({
  lag: fc.integer({ min: 0, max: 3 }),
  size: fc.integer({ min: 1, max: 4 }),
  retryAfter: fc.integer({ min: 0, max: 5 }),
});
const histories = fc.array(append, { minLength: 1, maxLength: 20 });
const forgetfulness = fc.func(fc.boolean());

describe('given any history of appends with an explicit revision and ids of their own', () => {
  it('when one that was written is sent again, at any time later, it is answered as before and nothing is written', () => {
    fc.assert(
      fc.property(histories, forgetfulness, (history, forgets) => {
        const stream = new Stream(forgets);
        const written: { after: bigint; ids: string[] }[] = [];
        for (const [n, { lag, size, retryAfter }] of history.entries()) {
          const after = BigInt(stream.ids.length - 1 - lag);
          const ids = Array.from({ length: size }, (_, i) => `${n}.${i}`);
          const verdict = stream.append(after < 0n ? 'no_stream' : after, ids);
          if (verdict.kind === 'write') written.push({ after: after < 0n ? -1n : after, ids });

          const retry = written.at(-1 - retryAfter);
          if (!retry) continue;
          const before = [...stream.ids];
          expect(stream.append(retry.after < 0n ? 'no_stream' : retry.after, retry.ids)).toEqual({
            kind: 'repeat',
            last: retry.after + BigInt(retry.ids.length),
          });
          expect(stream.ids).toEqual(before);
        }
        expect(new Set(stream.ids).size).toBe(stream.ids.length);
      }),
    );
  });

  it('when two writers expect the same revision, only one of them is written', () => {
    fc.assert(
      fc.property(histories, forgetfulness, (history, forgets) => {
        const stream = new Stream(forgets);
        for (const [n, { size }] of history.entries()) {
          const expected = stream.ids.length === 0 ? 'no_stream' : BigInt(stream.ids.length - 1);
          const events = (writer: string) => Array.from({ length: size }, (_, i) => `${writer}${n}.${i}`);
          expect(stream.append(expected, events('a')).kind).toBe('write');
          expect(stream.append(expected, events('b')).kind).toBe('wrong-expected-revision');
        }
      }),
    );
  });
});
