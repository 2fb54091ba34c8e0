import {
  addDays,
  daySchema,
  instantSchema,
  isOver,
  laterOf,
  monthsAfter,
  monthsBefore,
  parseDay,
  parseInstant,
  startOfDay,
  toInstant,
} from './time';

describe('instants', () => {
  it.each([
    ['2026-01-31T09:00:00.000Z', '2026-01-31T09:00:00.000Z'],
    ['2026-01-31T09:00:00Z', '2026-01-31T09:00:00.000Z'],
    ['2026-01-31T09:00Z', '2026-01-31T09:00:00.000Z'],
    ['2026-01-31T09:00:00.1234567Z', '2026-01-31T09:00:00.123Z'],
    ['2026-01-31T00:30:00+02:00', '2026-01-30T22:30:00.000Z'],
    ['2025-12-31T23:30:00-01:00', '2026-01-01T00:30:00.000Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
  ])('given %s, then it is read as %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    ['without an offset, whose meaning would be this machine’s', '2026-01-31T09:00:00'],
    ['without a time', '2026-01-31'],
    ['of 30 February', '2026-02-30T09:00:00Z'],
    ['of 29 February in a common year', '2026-02-29T09:00:00Z'],
    ['of a 13th month', '2026-13-01T09:00:00Z'],
    ['at 25 o’clock', '2026-01-31T25:00:00Z'],
    ['of the year 0, which no calendar has', '0000-06-30T12:00:00Z'],
    ['that leaves the years of four digits', '9999-12-31T23:30:00-01:00'],
    ['as people write it', '31 January 2026 09:00 UTC'],
    ['that is a number', '1'],
    ['that is empty', ''],
  ])('given a date-time %s, then it is refused by name', (_, text) => {
    const reading = (): unknown => parseInstant(text);
    expect(reading).toThrow(RangeError);
    expect(reading).toThrow(`"${text}" is not a date-time with its offset`);
  });

  it.each([
    '2026-01-31T09:00:00Z',
    '2026-01-31T09:00:00.000+00:00',
    '2026-02-30T09:00:00.000Z',
    '2026-01-31T24:00:00.000Z',
    '0000-01-31T09:00:00.000Z',
    '2026-01-31t09:00:00.000z',
    ' 2026-01-31T09:00:00.000Z',
    20_260_131,
    null,
  ])('given %s, then it is not an instant as the log keeps it', (value) => {
    expect(instantSchema.safeParse(value).success).toBe(false);
  });

  it('given a date, then its instant has milliseconds; given none, then it is refused', () => {
    expect(instantSchema.parse(toInstant(new Date(Date.UTC(2026, 0, 31, 9))))).toBe('2026-01-31T09:00:00.000Z');
    expect(() => toInstant(new Date(Number.NaN))).toThrow(RangeError);
  });

  it('given two instants, then the later one is found whichever comes first', () => {
    const [early, late] = [parseInstant('2026-01-31T09:00:00Z'), parseInstant('2026-01-31T09:00:00.001Z')];
    expect([laterOf(early, late), laterOf(late, early), laterOf(late, late)]).toEqual([late, late, late]);
  });
});

describe('days', () => {
  it.each(['2026-01-31', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
    'given %s, then it is a day',
    (day) => {
      expect(parseDay(day)).toBe(day);
      expect(startOfDay(parseDay(day))).toBe(`${day}T00:00:00.000Z`);
    },
  );

  it.each([
    '2026-02-29',
    '1900-02-29',
    '0000-01-01',
    '2026-04-31',
    '2026-00-10',
    '2026-01-00',
    '2026-1-31',
    '31.01.2026',
    '2026-01-31T',
    '',
  ])('given "%s", then it is refused by name', (text) => {
    const reading = (): unknown => parseDay(text);
    expect(reading).toThrow(RangeError);
    expect(reading).toThrow(`"${text}" is not a calendar day`);
    expect(daySchema.safeParse(text).success).toBe(false);
  });
});

describe('time that passes', () => {
  it.each([
    ['2024-02-28T09:00:00Z', 1, '2024-02-29T09:00:00.000Z'],
    ['2026-02-28T09:00:00Z', 1, '2026-03-01T09:00:00.000Z'],
    // Summer time begins in Europe on 29 March 2026: a day stays 24 hours.
    ['2026-03-28T12:00:00+01:00', 1, '2026-03-29T11:00:00.000Z'],
    ['2026-01-01T00:00:00Z', -1, '2025-12-31T00:00:00.000Z'],
    ['2026-01-01T00:00:00Z', 0.5, '2026-01-01T12:00:00.000Z'],
    ['2026-01-01T00:00:00Z', 365, '2027-01-01T00:00:00.000Z'],
  ])('given %s, when %d days pass, then it is %s', (from, days, to) => {
    expect(addDays(parseInstant(from), days)).toBe(to);
  });

  it.each([
    ['2026-03-31T09:00:00Z', 1, '2026-02-28T09:00:00.000Z'],
    ['2024-03-31T09:00:00Z', 1, '2024-02-29T09:00:00.000Z'],
    ['2024-02-29T09:00:00Z', 12, '2023-02-28T09:00:00.000Z'],
    ['2024-02-29T09:00:00Z', 48, '2020-02-29T09:00:00.000Z'],
    ['2025-02-28T09:00:00Z', 12, '2024-02-28T09:00:00.000Z'],
    ['2026-01-31T23:59:59.999Z', 2, '2025-11-30T23:59:59.999Z'],
    ['2026-01-15T09:00:00Z', 1, '2025-12-15T09:00:00.000Z'],
    ['2026-01-15T09:00:00Z', 25, '2023-12-15T09:00:00.000Z'],
    ['2026-01-15T09:00:00Z', 0, '2026-01-15T09:00:00.000Z'],
  ])('given %s, then %d months before it is %s', (at, months, before) => {
    expect(monthsBefore(parseInstant(at), months)).toBe(before);
  });
});

it.each([
  ['2026-01-31T09:00:00Z', 1, '2026-02-28T09:00:00.000Z'],
  ['2026-02-28T09:00:00Z', 12, '2027-02-28T09:00:00.000Z'],
  ['2026-12-15T09:00:00Z', 1, '2027-01-15T09:00:00.000Z'],
])('given %s, then %d months after it is %s', (at, months, after) =>
  expect(monthsAfter(parseInstant(at), months)).toBe(after),
);

it.each([
  ['2026-02-01T11:59:59.999Z', false],
  ['2026-02-01T12:00:00.000Z', true],
  ['2026-02-02T12:00:00.000Z', true],
  ['2026-01-31T23:59:59.999Z', false],
  ['2026-01-30T12:00:00.000Z', false],
])('given 31 January, then at %s it is over everywhere on Earth: %s', (at, over) =>
  expect(isOver(parseDay('2026-01-31'), parseInstant(at))).toBe(over),
);

it('given what is no text, then it is neither a day nor an instant, and it is said what would be', () => {
  const faultOf = (schema: typeof daySchema | typeof instantSchema, value: unknown) =>
    schema.safeParse(value).error?.issues[0]?.message;
  expect([31, null, ['2026-01-31']].map((value) => faultOf(daySchema, value))).toEqual(
    Array.from({ length: 3 }, () => 'must be a calendar day, such as 2026-01-31'),
  );
  expect(faultOf(instantSchema, ['2026-01-31T09:00:00.000Z'])).toBe(
    'must be a UTC instant with milliseconds, such as 2026-01-31T09:00:00.000Z',
  );
  expect(daySchema.parse('2026-01-31')).toBe('2026-01-31');
});
