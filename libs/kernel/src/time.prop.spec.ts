import fc from 'fast-check';

import { addDays, type Instant, instantSchema, monthsBefore, parseInstant, toInstant } from './time';

const instant = fc
  .date({ min: new Date('1970-01-01T00:00:00.000Z'), max: new Date('2100-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map(toInstant);

const monthOf = (at: Instant): number => Number(at.slice(0, 4)) * 12 + Number(at.slice(5, 7));
const dayOf = (at: Instant): number => Number(at.slice(8, 10));

it('given any instant, when it is read again, then it is the same, and text order is time order', () => {
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      expect(parseInstant(instantSchema.parse(a))).toBe(a);
      expect(Math.sign(Number(a > b) - Number(a < b))).toBe(Math.sign(Date.parse(a) - Date.parse(b)));
    }),
  );
});

it('given any text of the shape, then it is an instant where a date says the same of itself', () => {
  const part = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
  const shaped = fc
    .tuple(part(13), part(32), part(25), part(61), part(61))
    .map(([month, day, hour, minute, second]) => `2027-${month}-${day}T${hour}:${minute}:${second}.000Z`);
  fc.assert(
    fc.property(shaped, (text) => {
      const date = new Date(text);
      const same = !Number.isNaN(date.getTime()) && date.toISOString() === text;
      expect(instantSchema.safeParse(text).success).toBe(same);
    }),
    { numRuns: 2_000 },
  );
});

it('given any instant, when days pass and are taken back, then it is the same', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: -10_000, max: 10_000 }), (at, days) => {
      expect(addDays(addDays(at, days), -days)).toBe(at);
    }),
  );
});

it('given any instant, then the months before it are exactly so many, the time of day stays, and the day only shrinks to the end of its month', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 240 }), (at, months) => {
      const before = monthsBefore(at, months);
      expect(monthOf(at) - monthOf(before)).toBe(months);
      expect(before.slice(10)).toBe(at.slice(10));
      const shrunk = dayOf(before) !== dayOf(at);
      if (shrunk) {
        expect(dayOf(before)).toBeLessThan(dayOf(at));
        expect(dayOf(addDays(before, 1))).toBe(1);
      }
    }),
  );
});

it('given two instants in order, then what lies months before them is in the same order', () => {
  fc.assert(
    fc.property(instant, instant, fc.integer({ min: 0, max: 240 }), (a, b, months) => {
      const [first, second] = a < b ? [a, b] : [b, a];
      // Two days may fall together at a month's end; then the time of day, which stays, decides between them.
      expect(monthsBefore(first, months).slice(0, 10) <= monthsBefore(second, months).slice(0, 10)).toBe(true);
    }),
  );
});
