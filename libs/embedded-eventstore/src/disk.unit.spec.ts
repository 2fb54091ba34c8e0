import { freeBytesAt, whyNotWritten } from './disk';

const PLENTY = 2 ** 40;

it.each([
  ['No space left on device', PLENTY],
  ['Disk quota exceeded', PLENTY],
  ['Input/output error', 40_000],
])('given %s with %d bytes free, then the disk is called full', (error, free) => {
  expect(whyNotWritten(error, free)).toBe(`the disk is full (${error})`);
});

it.each(['Input/output error', 'File too large'])('given %s with room, then a limit or a fault is named', (error) => {
  expect(whyNotWritten(error, PLENTY)).toMatch(/took no more, at a limit .* or by a fault/);
});

it('given another error, then it speaks for itself', () => {
  expect(whyNotWritten('MDB_CORRUPTED', PLENTY)).toBe('MDB_CORRUPTED');
});

it('given a folder, then its free bytes are known, and of none there is no limit to tell', () => {
  expect(freeBytesAt('.')).toBeGreaterThan(0);
  expect(freeBytesAt('/no/such/folder')).toBe(Infinity);
});
