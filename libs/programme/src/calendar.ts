import { type Instant, toInstant } from '@tempore/kernel';
import { DateTime, type DurationLike } from 'luxon';

import type { Calendar } from './policy';

/*
 * Business time (rulebook 2.6). A clock that starts outside working hours starts at the next opening; n business days
 * end at the same local time n working days later; business hours pass only while the programme works.
 */

/** The instant itself within working hours, else the next opening. The closing time is outside. */
export const nextOpening = (calendar: Calendar, at: Instant): Instant => instantOf(opened(calendar, at));

/** `days` working days after the clock has started, at the same local time. */
export const addBusinessDays = (calendar: Calendar, from: Instant, days: number): Instant => {
  const start = opened(calendar, from);
  let end = start;
  for (let left = days; left > 0; left--) end = nextWorkingDay(calendar, end);
  // Set anew: a day on the way whose clocks jump must not shift the time of the last one.
  return instantOf(end.set({ hour: start.hour, minute: start.minute }));
};

/** `hours` of working time after the clock has started; a clock that runs out at closing time ends there. */
export const addBusinessHours = (calendar: Calendar, from: Instant, hours: number): Instant => {
  let at = opened(calendar, from);
  let left = hours * MS_PER_HOUR;
  for (;;) {
    const closing = timeOn(at, calendar.closes);
    const today = closing.toMillis() - at.toMillis();
    if (left <= today) return instantOf(at.plus({ milliseconds: left }));
    left -= today;
    at = timeOn(nextWorkingDay(calendar, at), calendar.opens);
  }
};

const MS_PER_HOUR = 3_600_000;
const ONE_DAY: DurationLike = { days: 1 };

const opened = (calendar: Calendar, at: Instant): DateTime => {
  const local = DateTime.fromISO(at, { zone: calendar.timeZone });
  const opening = timeOn(local, calendar.opens);
  if (!isWorkingDay(calendar, local) || local >= timeOn(local, calendar.closes))
    return timeOn(nextWorkingDay(calendar, local), calendar.opens);
  return local < opening ? opening : local;
};

const nextWorkingDay = (calendar: Calendar, from: DateTime): DateTime => {
  let day = from.plus(ONE_DAY);
  while (!isWorkingDay(calendar, day)) day = day.plus(ONE_DAY);
  return day;
};

const isWorkingDay = ({ workingDays, holidays }: Calendar, day: DateTime): boolean =>
  workingDays.includes(day.weekday) && !holidays.some((holiday) => holiday === day.toISODate());

const timeOn = (day: DateTime, time: string): DateTime =>
  day.startOf('day').set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) });

const instantOf = (local: DateTime): Instant => toInstant(local.toJSDate());
