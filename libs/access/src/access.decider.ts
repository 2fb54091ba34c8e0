import type { Command, Decider } from '@tempore/kernel';

import { type AccessEvent, accessEvents, type Reading } from './access.events';
import { ACCESS } from './access.stream';

export type RecordReading = Command<'RecordReading', Reading>;

/** Each reading is a fact of its own: nothing is decided, and nothing has to be remembered. */
export const access: Decider<null, RecordReading, AccessEvent> = {
  category: ACCESS,
  version: 1,
  events: accessEvents,
  initialState: null,
  evolve: () => null,
  decide: ({ data }) => [{ type: 'data-read', data }],
};
