import type { Decider } from '@tempore/kernel';

import type { PersonCommand } from './person.commands';
import { decide, type PersonContext, settle } from './person.decide';
import { type PersonEvent, personEvents } from './person.events';
import { evolve, initialState, type PersonState } from './person.state';
import { PERSON } from './person.stream';

export const person: Decider<PersonState, PersonCommand, PersonEvent, PersonContext> = {
  category: PERSON,
  version: 1,
  events: personEvents,
  initialState,
  evolve,
  settle,
  decide,
};
