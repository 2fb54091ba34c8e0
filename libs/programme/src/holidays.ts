import { type Day, parseDay, Refusal } from '@tempore/kernel';
import Holidays from 'date-holidays';

import type { HolidaySet } from './policy.events';

const DAY_MS = 86_400_000;
/** A day on which clocks go forward has 23 hours, half a holiday has twelve. */
const SLACK_MS = 7_200_000;

/** The public holidays of all sets, day by day, those of half a day left out. Throws `HOLIDAY_SET_UNKNOWN`. */
export const daysOf = (sets: readonly HolidaySet[]): readonly Day[] =>
  sets.flatMap((set) => {
    const holidays = holidaysOf(set);
    return set.years.flatMap((year) =>
      holidays
        .getHolidays(year)
        .filter(({ type }) => type === 'public')
        .flatMap(({ date, start, end }) => consecutive(date.slice(0, 10), end.getTime() - start.getTime())),
    );
  });

const holidaysOf = ({ country, state, region }: HolidaySet): Holidays => {
  const places = new Holidays();
  if (!Object.hasOwn(places.getCountries(), country)) throw unknown('country', country);
  if (state !== null && !isPart(places.getStates(country), state)) throw unknown('state', state);
  if (region === null) return state === null ? new Holidays(country) : new Holidays(country, state);
  if (state === null || !isPart(places.getRegions(country, state), region)) throw unknown('region', region);
  return new Holidays(country, state, region);
};

/** A place without parts has no list of them, whatever the type says. */
const isPart = (parts: Readonly<Record<string, string>> | undefined, code: string): boolean =>
  parts !== undefined && Object.hasOwn(parts, code);

const unknown = (field: string, code: string): Refusal =>
  new Refusal('HOLIDAY_SET_UNKNOWN', 'invalid', `holidaySets: there are no holidays of the ${field} "${code}".`, {
    remedy: 'Give a country such as DE, with a part of it such as BY or without one, or name the days themselves.',
  });

const consecutive = (first: string, lengthMs: number): readonly Day[] =>
  Array.from({ length: Math.floor((lengthMs + SLACK_MS) / DAY_MS) }, (_, index) =>
    parseDay(new Date(Date.parse(first) + index * DAY_MS).toISOString().slice(0, 10)),
  );
