import type { Decider } from '@tempore/kernel';

import type { InboxCommand } from './inbox.commands';
import { decide } from './inbox.decide';
import { type InboxEvent, inboxEvents } from './inbox.events';
import { evolve, initialState, type InboxState } from './inbox.state';
import { INBOX } from './inbox.stream';

export const inbox: Decider<InboxState, InboxCommand, InboxEvent> = {
  category: INBOX,
  version: 1,
  events: inboxEvents,
  initialState,
  evolve,
  decide,
};
