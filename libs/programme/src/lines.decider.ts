import type { Decider } from '@tempore/kernel';

import type { LinesCommand } from './lines.commands';
import { decide } from './lines.decide';
import { type LinesEvent, linesEvents } from './lines.events';
import { evolve, initialState, type LinesState } from './lines.state';
import { LINES } from './lines.stream';

export const lines: Decider<LinesState, LinesCommand, LinesEvent> = {
  category: LINES,
  version: 1,
  events: linesEvents,
  initialState,
  evolve,
  decide,
};
