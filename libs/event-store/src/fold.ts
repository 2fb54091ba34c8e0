import type { DomainEvent, Fold, Instant, LoggedEvent } from '@tempore/kernel';

import type { Revision } from './port';

/** What a stream amounts to, as far as it was read. */
export interface Folded<State> {
  readonly state: State;
  readonly revision: Revision;
  readonly recordedAt: Instant | undefined;
  /** The hash of the request of every command that left events in the stream. */
  readonly commands: Map<string, string>;
  /** About how many bytes all this takes: what its events say is the most that can have been kept of them. */
  readonly size: number;
}

export const nothingFolded = <State>(state: State): Folded<State> => ({
  state,
  revision: 'none',
  recordedAt: undefined,
  commands: new Map(),
  size: 0,
});

/** What is kept of every event beside what it says: the id of its command, the hash of the request, places in maps. */
const SIZE_OF_RECORD = 500;

/** As JSON what an event says is about as long as it is large in memory, give or take its objects. */
const sizeOf = ({ data }: LoggedEvent): number => SIZE_OF_RECORD + 2 * JSON.stringify(data).length;

/** Folds more events. The map of commands is carried along, not copied: a long stream would pay for it squared. */
export const foldOn = <State, E extends DomainEvent>(
  { evolve }: Fold<State, E>,
  from: Folded<State>,
  events: readonly LoggedEvent<E>[],
): Folded<State> =>
  events.reduce<Folded<State>>(
    ({ state, commands, size }, event) => ({
      state: evolve(state, event, { ...event.metadata, id: event.id }),
      revision: event.revision,
      recordedAt: event.metadata.recordedAt,
      commands: commands.set(event.metadata.commandId, event.metadata.requestHash),
      size: size + sizeOf(event),
    }),
    from,
  );
