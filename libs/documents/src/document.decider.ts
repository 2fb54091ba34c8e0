import type { Decider } from '@tempore/kernel';

import type { DocumentCommand } from './document.commands';
import { decide } from './document.decide';
import { type DocumentEvent, documentEvents } from './document.events';
import { DOCUMENT } from './document.stream';
import { type DocumentState, evolve, initialState } from './document.state';

export const document: Decider<DocumentState, DocumentCommand, DocumentEvent> = {
  category: DOCUMENT,
  version: 1,
  events: documentEvents,
  initialState,
  evolve,
  decide,
};
