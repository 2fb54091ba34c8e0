import { addDays, parseInstant } from '@tempore/kernel';
import { given, NOW } from '@tempore/testing';

import { type ClockEvent, type MoveClock, simulatedClock } from '.';

const move = (days: number): MoveClock => ({ type: 'MoveClock', data: { to: addDays(NOW, days) } });
const moved = (days: number): readonly ClockEvent[] => [{ type: 'clock-moved', data: { to: addDays(NOW, days) } }];

it('given no clock, when it is set, then it shows that instant, past or to come', () => {
  given(simulatedClock).when(move(-400)).then(moved(-400));
  given(simulatedClock).when(move(400)).then(moved(400));
});

it('given a clock, when it is moved on, then it shows the later instant', () =>
  given(simulatedClock, moved(1)).when(move(2)).then(moved(2)));

it('given a clock, when it is moved to where it stands, then nothing happens', () =>
  given(simulatedClock, moved(1)).when(move(1)).thenNothing());

it('given a clock, when it is moved back, then it is refused', () =>
  given(simulatedClock, moved(1)).when(move(0)).thenRefused('CLOCK_BACKWARDS'));

it('given an instant from which no window could be counted, then the clock is not moved there', () => {
  const to = (text: string): MoveClock => ({ type: 'MoveClock', data: { to: parseInstant(text) } });
  given(simulatedClock, moved(1)).when(to('9900-01-01T00:00:00.001Z')).thenRefused('CLOCK_TOO_FAR');
  given(simulatedClock, moved(1))
    .when(to('9900-01-01T00:00:00Z'))
    .then([{ type: 'clock-moved', data: { to: parseInstant('9900-01-01T00:00:00Z') } }]);
});
