import { words } from '../words';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How long, in the largest unit of which there is one whole: `64 d`, `6 h`, `12 min`. */
export const lengthOf = (ms: number): string => {
  const { days, hours, minutes } = words.duration;
  if (ms >= DAY_MS) return days(Math.floor(ms / DAY_MS));
  if (ms >= HOUR_MS) return hours(Math.floor(ms / HOUR_MS));
  return minutes(Math.max(0, Math.floor(ms / MINUTE_MS)));
};

/** `UTC` where the reader asked for it, else the zone of their machine. */
export type Zone = 'local' | 'UTC';

const formats = new Map<string, Intl.DateTimeFormat>();

const format = (zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = JSON.stringify([zone, options]);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(words.language === 'en' ? 'en-GB' : words.language, {
    ...options,
    hourCycle: 'h23',
    ...(zone === 'UTC' ? { timeZone: 'UTC' } : {}),
  });
  formats.set(key, made);
  return made;
};

/** `27 Feb 2027, 23:40`. */
export const sayInstant = (instant: string | number, zone: Zone): string => {
  const text = format(zone, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  return `${text.format(new Date(instant))}${zone === 'UTC' ? ' UTC' : ''}`;
};

/** `27 Feb 2027`. A day stands for itself, in no zone. */
export const sayDay = (day: string): string =>
  format('UTC', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(day));

/** `27 Feb`. */
export const sayShortDay = (instant: number, zone: Zone): string =>
  format(zone, { day: 'numeric', month: 'short' }).format(new Date(instant));

/** `2027-02-27 23:40:29.072Z`. */
export const sayExactly = (instant: string): string => new Date(instant).toISOString().replace('T', ' ');
