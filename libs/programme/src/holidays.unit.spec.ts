import { daysOf, type HolidaySet } from '.';

const set = (places: Partial<HolidaySet>): HolidaySet => ({
  country: 'DE',
  state: null,
  region: null,
  years: [2026],
  ...places,
});

it('given a country, only what is a holiday in all of it counts', () => {
  expect(daysOf([set({})])).toContain('2026-10-03');
  expect(daysOf([set({})])).not.toContain('2026-01-06');
});

it('given a part of a country, its own holidays count as well', () =>
  expect(daysOf([set({ state: 'BY' })])).toEqual(expect.arrayContaining(['2026-10-03', '2026-01-06'])));

it('given a region of a part, so do its own', () => {
  expect(daysOf([set({ state: 'BY', region: 'A' })])).toContain('2026-08-08');
  expect(daysOf([set({ state: 'BY' })])).not.toContain('2026-08-08');
});

it('given several years and sets, the days of all count', () =>
  expect(daysOf([set({ years: [2026, 2027] }), set({ country: 'FR' })])).toEqual(
    expect.arrayContaining(['2026-05-01', '2027-05-01', '2026-07-14']),
  ));

it('given a holiday that takes days and begins at an evening, each full day counts', () =>
  expect(daysOf([set({ country: 'TR' })])).toEqual(expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22'])));

it('given a holiday of half a day, it does not count', () =>
  expect(daysOf([set({ country: 'CN' })])).not.toContain('2026-03-08'));

it.each([
  ['country', set({ country: 'XX' })],
  ['country', set({ country: 'toString' })],
  ['state', set({ state: 'XX' })],
  ['state', set({ country: 'FI', state: 'BY' })],
  ['region', set({ state: 'BY', region: 'XX' })],
  ['region', set({ region: 'A' })],
])('given a %s that nobody knows, it is refused: %j', (field, unknown) => {
  const refusal = { code: 'HOLIDAY_SET_UNKNOWN', message: expect.stringContaining(`the ${field} "`) as string };
  expect(() => daysOf([unknown])).toThrow(expect.objectContaining(refusal) as Error);
});
