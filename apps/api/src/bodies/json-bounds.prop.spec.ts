import { Refusal } from '@tempore/kernel';
import fc from 'fast-check';

import { expectBounded } from './json-bounds';

const MAX_ENTRIES = 5_000;
const MAX_DEPTH = 32;

/** The fields and elements of a value, and how deep it goes. */
const measured = (value: unknown): { readonly entries: number; readonly depth: number } => {
  if (typeof value !== 'object' || value === null) return { entries: 0, depth: 0 };
  const parts = Object.values(value).map(measured);
  return {
    entries: parts.reduce((sum, { entries }) => sum + entries + 1, 0),
    depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
  };
};

const verdict = (json: string): string => {
  try {
    expectBounded(Buffer.from(json));
    return 'fine';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

const nested = (levels: number, inner: unknown): unknown =>
  Array.from({ length: levels }).reduce((value, _, level) => (level % 2 === 0 ? [value] : { 'a"\\': value }), inner);

it('given any JSON, whatever its texts hold and however it is laid out, then it is bounded by what it holds', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6 }),
      fc.nat(40),
      fc.integer({ min: 0, max: 6_000 }),
      fc.constantFrom(0, 2, '\t'),
      (inner, levels, elements, indent) => {
        const value = nested(levels, [inner, ...Array.from({ length: elements }, () => ',')]);
        const { entries, depth } = measured(value);
        const answer = verdict(JSON.stringify(value, null, indent));
        if (entries <= MAX_ENTRIES && depth <= MAX_DEPTH) expect(answer).toBe('fine');
        else expect(['BODY_TOO_LONG', 'BODY_TOO_DEEP']).toContain(answer);
        if (depth <= MAX_DEPTH && entries > MAX_ENTRIES) expect(answer).toBe('BODY_TOO_LONG');
        if (entries <= MAX_ENTRIES && depth > MAX_DEPTH) expect(answer).toBe('BODY_TOO_DEEP');
      },
    ),
  );
});

it('given any bytes, then it comes to an end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(['fine', 'BODY_TOO_LONG', 'BODY_TOO_DEEP']).toContain(verdict(Buffer.from(bytes).toString('latin1')));
    }),
  );
});
