import { parseInstant } from '@tempore/kernel';

import { leftBefore } from './process';

const NOW = parseInstant('2026-03-02T09:00:00.000Z');

it('given the time of day, then what was left a moment ago is not taken from whoever does it', () =>
  expect(leftBefore(NOW, false)).toBe('2026-03-02T08:59:45.000Z'));

it('given a simulated clock, which stands until it is moved, then what was left at this instant is taken up, too', () =>
  expect(leftBefore(NOW, true) > NOW).toBe(true));
