import { validateSync } from 'class-validator';

import { IsInstant } from './is-instant';

class Form {
  @IsInstant()
  at: unknown;
}

const isTaken = (at: unknown): boolean => validateSync(Object.assign(new Form(), { at })).length === 0;

it.each(['2026-01-31T09:00:00Z', '2026-01-31T09:00:00.123+02:00', '2026-01-31T09:00:00.123456789-11:30'])(
  'given %s, then it is an instant',
  (at) => expect(isTaken(at)).toBe(true),
);

it.each(['2026-01-31', '2026-01-31T09:00:00', '2026-02-30T09:00:00Z', '', 7, null])('given %s, then it is none', (at) =>
  expect(isTaken(at)).toBe(false),
);

it('given a text of a megabyte on which patterns would take half a minute, then it is none, at once', () => {
  const begun = process.cpuUsage();
  expect(isTaken('2026-01-01T'.repeat(90_000))).toBe(false);
  expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(1_000);
});
