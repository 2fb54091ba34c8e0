import type { DomainEvent, Fold, Instant, LoggedEvent } from '@tempore/kernel';

import type { Revision } from './port';

/** What a stream amounts to, as far as it was read. */
export interface Folded<State> {
  readonly state: State;
  readonly revision: Revision;
  readonly recordedAt: Instant | undefined;
  /** The hash of the request of every command that left events in the stream. */
  readonly commands: Map<string, string>;
}

export const nothingFolded = <State>(state: State): Folded<State> => ({
  state,
  revision: 'none',
  recordedAt: undefined,
  commands: new Map(),
});

/** Folds more events. The map of commands is carried along, not copied: a long stream would pay for it squared. */
export const foldOn = <State, E extends DomainEvent>(
  { evolve }: Fold<State, E>,
  from: Folded<State>,
  events: readonly LoggedEvent<E>[],
): Folded<State> =>
  events.reduce<Folded<State>>(
    ({ state, commands }, event) => ({
      state: evolve(state, event, { ...event.metadata, id: event.id }),
      revision: event.revision,
      recordedAt: event.metadata.recordedAt,
      commands: commands.set(event.metadata.commandId, event.metadata.requestHash),
    }),
    from,
  );
