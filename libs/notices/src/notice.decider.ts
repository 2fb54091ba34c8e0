import type { Decider } from '@tempore/kernel';

import type { NoticeCommand } from './notice.commands';
import { decide } from './notice.decide';
import { type NoticeEvent, noticeEvents } from './notice.events';
import { evolve, initialState, type NoticeState } from './notice.state';
import { NOTICE } from './notice.stream';

export const notice: Decider<NoticeState, NoticeCommand, NoticeEvent> = {
  category: NOTICE,
  version: 1,
  events: noticeEvents,
  initialState,
  evolve,
  decide,
};
