import { type Command, type Decider, type Instant, Refusal } from '@tempore/kernel';

import { type ClockEvent, clockEvents } from './clock.events';
import { CLOCK } from './clock.stream';

export type MoveClock = Command<'MoveClock', { readonly to: Instant }>;

/** `at` is null before the clock was ever set. */
export interface ClockState {
  readonly at: Instant | null;
}

/** Every window that begins before it ends in a year of four digits, which is all that an instant can say. */
const LAST = '9900-01-01T00:00:00.000Z';

/** Throws `CLOCK_TOO_FAR`. */
export const expectCountable = (to: Instant): void => {
  if (to <= LAST) return;
  throw new Refusal('CLOCK_TOO_FAR', 'invalid', `to ${to} is after ${LAST}, the last instant that the clock shows.`, {
    remedy: 'Give an earlier instant: the clock never goes back.',
  });
};

const decide = ({ data: { to } }: MoveClock, { at }: ClockState): readonly ClockEvent[] => {
  if (at === to) return [];
  expectCountable(to);
  if (at === null || at < to) return [{ type: 'clock-moved', data: { to } }];
  throw new Refusal('CLOCK_BACKWARDS', 'conflict', `The clock shows ${at}; ${to} is past.`, {
    remedy: 'Give an instant that is still to come: what was recorded keeps its time.',
    facts: { at },
  });
};

export const simulatedClock: Decider<ClockState, MoveClock, ClockEvent> = {
  category: CLOCK,
  version: 1,
  events: clockEvents,
  initialState: { at: null },
  evolve: (_state, { data }) => ({ at: data.to }),
  decide,
};
