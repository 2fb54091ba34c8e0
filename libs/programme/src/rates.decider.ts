import type { Decider } from '@tempore/kernel';

import type { RatesCommand } from './rates.commands';
import { decide } from './rates.decide';
import { type RatesEvent, ratesEvents } from './rates.events';
import { evolve, initialState, type RatesState } from './rates.state';
import { RATES } from './rates.stream';

export const rates: Decider<RatesState, RatesCommand, RatesEvent> = {
  category: RATES,
  version: 2,
  events: ratesEvents,
  initialState,
  evolve,
  decide,
};
