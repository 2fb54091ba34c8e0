import type { Standing, TimelineEntry } from '../api/queries';
import { DAY_MS, HOUR_MS } from '../parts/time';

/** A stretch of a lane. How it is drawn says how the claim stood: outline, solid, dotted, or a thin line. */
export interface Stretch {
  readonly look: 'held' | 'protected' | 'queued' | 'ended';
  readonly from: number;
  readonly to: number;
}

/** Something that happened. Tied to when it was recorded where that was more than a business day later. */
export interface Mark {
  readonly id: string;
  readonly look: 'filing' | 'touch' | 'event';
  readonly type: string;
  readonly at: number;
  readonly recordedAt: number;
}

/** A claim over time, as it is drawn. */
export interface Lane {
  readonly stretches: readonly Stretch[];
  /** In log order. */
  readonly marks: readonly Mark[];
  readonly reminders: readonly number[];
  /** The window that runs, of which nothing is ever shortened: what is left has to look like what is left. */
  readonly running: { readonly from: number; readonly to: number } | null;
}

/** Days before the end of a window at which its holder is reminded. */
const REMINDERS = [30, 14, 7, 1];
/** Recorded later than this, it is late: a business day may have a weekend before it. */
const LATE_MS = 24 * HOUR_MS;

/** How the claim stands from an event on; undefined where it stands as before. */
const STANDS: Readonly<Record<string, Stretch['look']>> = {
  'claim-offered': 'held',
  'claim-approved': 'protected',
  'claim-withdrawn': 'ended',
  'claim-released': 'ended',
  'claim-rejected': 'ended',
  'claim-lapsed': 'ended',
  'offer-declined': 'ended',
  'claim-expired': 'ended',
  'claim-lost': 'ended',
  'claim-superseded': 'ended',
  'win-confirmed': 'ended',
};

/** What is written down of things that have marks of their own. */
const UNMARKED = new Set([
  'deal-submitted',
  'deal-content-revised',
  'submission-rehearsed',
  'deal-ended',
  'clock-started',
]);

const dataOf = ({ data }: TimelineEntry): Readonly<Record<string, unknown>> => data;

/** When what an entry tells of happened: a contact says so itself. */
export const happenedAt = (entry: TimelineEntry): string => {
  const { touch } = dataOf(entry);
  const claimed = typeof touch === 'object' && touch !== null && 'happenedAt' in touch ? touch.happenedAt : undefined;
  return typeof claimed === 'string' ? claimed : entry.occurredAt;
};

export const isLate = (happened: number, recorded: number): boolean => recorded - happened > LATE_MS;

const placed = (entry: TimelineEntry): Stretch['look'] | undefined =>
  entry.type === 'claim-filed' ? (dataOf(entry)['place'] === 'queued' ? 'queued' : 'held') : STANDS[entry.type];

/** How a partner's own claim stood and stands. `firstTouch` is when the sale began, as the partner claims. */
export const laneOf = (
  timeline: readonly TimelineEntry[],
  standing: Standing | null,
  firstTouch: string | null,
  now: number,
): Lane => {
  const turns = timeline.flatMap((entry) => {
    const look = placed(entry);
    return look === undefined ? [] : [{ look, from: Date.parse(entry.recordedAt) }];
  });
  const windowEnds = standing?.status === 'approved' && standing.until !== null ? Date.parse(standing.until) : null;
  const end = Math.max(now, windowEnds ?? now);
  const stretches = turns.map((turn, index) => ({ ...turn, to: turns[index + 1]?.from ?? end }));
  const filed = timeline.find(({ type }) => type === 'claim-filed');
  const marks = timeline
    .filter(({ type }) => !UNMARKED.has(type))
    .map((entry): Mark => {
      const look = entry.type === 'claim-filed' ? 'filing' : entry.type === 'touch-recorded' ? 'touch' : 'event';
      const recordedAt = Date.parse(entry.recordedAt);
      const at = look === 'touch' ? Date.parse(happenedAt(entry)) : recordedAt;
      return { id: entry.id, look, type: entry.type, at, recordedAt };
    });
  const first: readonly Mark[] =
    filed && firstTouch !== null
      ? [
          {
            id: `${filed.id}/first-touch`,
            look: 'touch',
            type: 'first-touch',
            at: Date.parse(firstTouch),
            recordedAt: Date.parse(filed.recordedAt),
          },
        ]
      : [];
  const approved = turns.findLast(({ look }) => look === 'protected');
  return {
    stretches,
    marks: [...first, ...marks],
    reminders: windowEnds === null ? [] : REMINDERS.map((days) => windowEnds - days * DAY_MS),
    running: windowEnds === null || !approved ? null : { from: approved.from, to: windowEnds },
  };
};
