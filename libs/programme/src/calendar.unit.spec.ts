import { type Instant, parseDay, parseInstant } from '@tempore/kernel';

import { addBusinessDays, addBusinessHours, nextOpening } from './calendar';
import { type Calendar, policyVersion1 } from './policy';

const utc = policyVersion1.calendar;
const berlin: Calendar = {
  ...utc,
  timeZone: 'Europe/Berlin',
  holidays: [parseDay('2026-04-03'), parseDay('2026-04-06')],
};
const riyadh: Calendar = { ...utc, timeZone: 'Asia/Riyadh', workingDays: [7, 1, 2, 3, 4], opens: '08:30' };

/** Around the clock, from Monday to Friday. */
const open24: Calendar = { ...berlin, opens: '00:00', closes: '24:00' };

/** Every day and every hour. */
const always: Calendar = { ...open24, workingDays: [1, 2, 3, 4, 5, 6, 7] };

const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);

it.each([
  ['within working hours, it starts at once', '03-02T09:00', '03-02T09:00'],
  ['before the opening, it starts at the opening', '03-02T03:30', '03-02T09:00'],
  ['at closing time, it starts on the next working day', '03-02T17:00', '03-03T09:00'],
  ['on a Saturday, it starts on Monday', '03-07T12:00', '03-09T09:00'],
])('given a clock %s', (_title, from, opening) => expect(nextOpening(utc, at(from))).toBe(at(opening)));

it.each([
  ['five business days from Monday 12:00 end on the next Monday at 12:00', utc, '03-02T12:00', 5, '03-09T12:00'],
  ['one business day from Friday ends on Monday', utc, '03-06T16:59', 1, '03-09T16:59'],
  ['a day that starts on Friday evening ends on Tuesday at the opening', utc, '03-06T17:00', 1, '03-10T09:00'],
  ['no days at all end at the opening', utc, '03-07T00:00', 0, '03-09T09:00'],
  ['the local time stays when the clocks go forward', berlin, '03-27T09:00', 1, '03-30T08:00'],
  ['the local time stays when the clocks go back', berlin, '10-23T08:00', 1, '10-26T09:00'],
  ['holidays are no working days', berlin, '04-02T08:00', 1, '04-07T08:00'],
  ['around the clock, the last minute of a day is of that day', open24, '03-02T22:59', 1, '03-03T22:59'],
  ['around the clock, Saturday waits for Monday 00:00', open24, '03-07T12:00', 0, '03-08T23:00'],
  ['a day whose clocks jump leaves the time of the last one as it was', always, '03-28T01:30', 2, '03-30T00:30'],
  ['a week may begin on Sunday', riyadh, '03-05T13:00', 1, '03-08T13:00'],
])('given a calendar, %s', (_title, calendar, from, days, end) =>
  expect(addBusinessDays(calendar, at(from), days)).toBe(at(end)),
);

it('given a clock that started between two milliseconds of a second, it ends there too', () =>
  expect(addBusinessDays(utc, parseInstant('2026-03-02T12:34:56.789Z'), 2)).toBe('2026-03-04T12:34:56.789Z'));

it.each([
  ['three hours pass within the day', utc, '03-02T10:00', 3, '03-02T13:00'],
  ['hours that fill the day end when it closes', utc, '03-02T10:00', 7, '03-02T17:00'],
  ['the rest goes on in the morning, after the weekend', utc, '03-06T16:00', 2, '03-09T10:00'],
  ['hours over several days skip holidays', berlin, '04-02T08:00', 15, '04-07T15:00'],
  ['around the clock, hours go over midnight', open24, '03-02T22:00', 3, '03-03T01:00'],
  ['around the clock, the day on which the clocks go forward is over', open24, '03-27T22:00', 2, '03-29T23:00'],
  ['no hours at all end at the opening', utc, '03-07T00:00', 0, '03-09T09:00'],
])('given a calendar, %s', (_title, calendar, from, hours, end) =>
  expect(addBusinessHours(calendar, at(from), hours)).toBe(at(end)),
);
