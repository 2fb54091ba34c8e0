import type { Decider } from '@tempore/kernel';

import type { DocketCommand } from './docket.commands';
import type { DocketContext } from './docket.context';
import { decide } from './docket.decide';
import { type DocketEvent, docketEvents } from './docket.events';
import { settle } from './docket.settle';
import { type DocketState, evolve, initialState } from './docket.state';
import { DOCKET } from './docket.stream';

export const docket: Decider<DocketState, DocketCommand, DocketEvent, DocketContext> = {
  category: DOCKET,
  version: 2,
  events: docketEvents,
  initialState,
  evolve,
  settle,
  decide,
};
