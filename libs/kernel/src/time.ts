import { z } from 'zod';

/** A moment in UTC with milliseconds, as `2026-01-31T09:00:00.000Z`: text order is time order (rulebook 2.4). */
export type Instant = string & { readonly __brand: 'Instant' };

/** A calendar day as `2026-01-31`. */
export type Day = string & { readonly __brand: 'Day' };

/** The calendar has no year 0, and no store that knows one. */
const INSTANT = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Every month has 28 days; only behind them the calendar has to be asked, which every read of an event would feel. */
const isInstant = (text: string): text is Instant =>
  INSTANT.test(text) && (text.slice(8, 10) <= '28' || isOfCalendar(text));

const isOfCalendar = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;

const isDay = (text: string): text is Day => DAY.test(text) && isInstant(`${text}T00:00:00.000Z`);

export const instantSchema = z.custom<Instant>((value) => typeof value === 'string' && isInstant(value), {
  error: 'must be a UTC instant with milliseconds, such as 2026-01-31T09:00:00.000Z',
});

export const daySchema = z.custom<Day>((value) => typeof value === 'string' && isDay(value), {
  error: 'must be a calendar day, such as 2026-01-31',
});

/** The instant of a date; throws a RangeError where the date is invalid. */
export const toInstant = (date: Date): Instant => date.toISOString() as Instant;

const isoDateTime = z.iso.datetime({ offset: true }).or(z.iso.datetime({ offset: true, precision: -1 }));

/** Reads any ISO 8601 date-time with an offset; throws a RangeError where the text is none. */
export const parseInstant = (text: string): Instant => {
  // Date alone is too kind: it takes a time without offset for local, and makes 2 March of 30 February.
  const instant = isoDateTime.safeParse(text).success ? toInstant(new Date(text)) : '';
  if (isInstant(instant)) return instant;
  throw new RangeError(`"${text}" is not a date-time with its offset, such as 2026-01-31T09:00:00.000Z`);
};

/** Reads `2026-01-31`; throws a RangeError where the text is no day of the calendar. */
export const parseDay = (text: string): Day => {
  if (!isDay(text)) throw new RangeError(`"${text}" is not a calendar day such as 2026-01-31`);
  return text;
};

/** The first instant of a day in UTC. */
export const startOfDay = (day: Day): Instant => `${day}T00:00:00.000Z` as Instant;

/** The last zone on Earth ends a day so long after UTC. */
const LATEST_ZONE_DAYS = 12 / 24;

/** Whether a day has ended everywhere on Earth at an instant. */
export const isOver = (day: Day, at: Instant): boolean => day < addDays(at, -LATEST_ZONE_DAYS).slice(0, 10);

export const laterOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);

const MS_PER_DAY = 86_400_000;

/** A day is 24 hours, whatever the season (rulebook 2.4). */
export const addDays = (from: Instant, days: number): Instant =>
  toInstant(new Date(Date.parse(from) + days * MS_PER_DAY));

/** The same day and time `months` earlier, or that month's last day where it is shorter (rulebook 2.7). */
export const monthsBefore = (at: Instant, months: number): Instant => monthsAfter(at, -months);

/** Likewise later. */
export const monthsAfter = (at: Instant, months: number): Instant => {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return toInstant(date);
};
