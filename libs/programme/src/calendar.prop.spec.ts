import { addDays, type Day, type Instant, parseDay, toInstant } from '@tempore/kernel';
import fc from 'fast-check';
import { DateTime } from 'luxon';

import { addBusinessDays, addBusinessHours, nextOpening } from './calendar';
import type { Calendar } from './policy';

const instant = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  .map((date): Instant => toInstant(date));

const day = fc
  .nat(1_000)
  .map((days): Day => parseDay(addDays('2025-01-01T00:00:00.000Z' as Instant, days).slice(0, 10)));

const calendar: fc.Arbitrary<Calendar> = fc.record({
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Asia/Beirut'),
  workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  opens: fc.constantFrom('00:00', '07:00', '09:00', '09:30'),
  closes: fc.constantFrom('12:00', '17:00', '23:59', '24:00'),
  holidays: fc.array(day, { maxLength: 30 }),
});

const local = ({ timeZone }: Calendar, at: Instant): DateTime => DateTime.fromISO(at, { zone: timeZone });

const isWorking = (given: Calendar, at: DateTime): boolean =>
  given.workingDays.includes(at.weekday) && !given.holidays.includes(at.toISODate() as Day);

it('a clock starts at a working instant that is never before the given one', () =>
  fc.assert(
    fc.property(calendar, instant, (given, from) => {
      const opening = nextOpening(given, from);
      const time = local(given, opening).toFormat('HH:mm');
      expect(opening >= from).toBe(true);
      expect(isWorking(given, local(given, opening))).toBe(true);
      expect(time >= given.opens && time < given.closes).toBe(true);
      expect(nextOpening(given, opening)).toBe(opening);
    }),
  ));

it('n business days pass n working days and end at the local time at which the clock started', () =>
  fc.assert(
    fc.property(calendar, instant, fc.nat(20), (given, from, days) => {
      const start = local(given, nextOpening(given, from));
      const end = local(given, addBusinessDays(given, from, days));
      expect(end.toFormat('HH:mm:ss.SSS')).toBe(start.toFormat('HH:mm:ss.SSS'));
      let passed = 0;
      for (let at = start.startOf('day'); at < end.startOf('day');) {
        at = at.plus({ days: 1 }).startOf('day');
        if (isWorking(given, at)) passed++;
      }
      expect(passed).toBe(days);
      expect(isWorking(given, end)).toBe(true);
    }),
  ));

it('business hours add up, and a later start never ends earlier', () =>
  fc.assert(
    fc.property(calendar, instant, fc.nat(30), fc.nat(30), fc.nat(100), (given, from, some, more, later) => {
      const whole = addBusinessHours(given, from, some + more);
      expect(addBusinessHours(given, addBusinessHours(given, from, some), more) >= whole).toBe(true);
      expect(addBusinessHours(given, addDays(from, later / 10), some + more) >= whole).toBe(true);
    }),
  ));
