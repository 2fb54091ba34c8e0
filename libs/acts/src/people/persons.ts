import type { Outcome } from '@tempore/event-store';
import type { DomainEvent } from '@tempore/kernel';
import { holdsAt, type LegalHold, person, type PersonCommand, type PersonState } from '@tempore/people';

import type { Doing } from '../act';
import { tell } from '../tell';
import { ownerOfPerson, pursueErasure } from './erasure';

interface ToldPerson {
  readonly personId: string;
  readonly command: PersonCommand;
}

/** What an act on a person came to, and what of them is kept after it. */
export interface PersonDone {
  readonly outcome: Outcome<DomainEvent>;
  readonly status: PersonState['status'];
  /** Those that stand. */
  readonly holds: readonly LegalHold[];
}

/** Commands on a person; an erasure that one of them begins is ended before it is answered. */
export const tellPerson: Doing<ToldPerson, PersonDone> = async ({ vault }, act, { personId, command }) => {
  const known = await vault.knows(ownerOfPerson(personId));
  const told = await tell(act, person, personId, command, { known });
  const causationId = act.meta.commandId;
  const ended = await pursueErasure({ runner: act.log, vault }, personId, { ...act.meta, causationId });
  const { state } = (ended ?? told).after;
  return { outcome: ended ? both(told, ended) : told, status: state.status, holds: holdsAt(state, act.meta.now) };
};

/** Two outcomes on one stream, one behind the other, as one. */
const both = (first: Outcome<DomainEvent>, second: Outcome<DomainEvent>): Outcome<DomainEvent> => ({
  ...second,
  events: [...first.events, ...second.events],
  repeated: first.repeated,
});
