import fc from 'fast-check';

import { comparePositions, formatPosition, parsePosition } from './log';

const number = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const position = fc.record({ commit: number, prepare: number });

it('given any position, when it is written and read again, then it is the same', () => {
  fc.assert(
    fc.property(position, (at) => {
      expect(parsePosition(formatPosition(at))).toEqual(at);
    }),
  );
});

it('given any two positions, then they are in order of their commit, then of their prepare', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      const together = (at: typeof a): bigint => (at.commit << 64n) | at.prepare;
      const expected = together(a) < together(b) ? -1 : together(a) > together(b) ? 1 : 0;
      expect([comparePositions(a, b), comparePositions(b, a)]).toEqual([expected, expected === 0 ? 0 : -expected]);
    }),
  );
});
