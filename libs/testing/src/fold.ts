import { type Decider, type DomainEvent, type Instant, type Recorded, deriveId, parseInstant } from '@tempore/kernel';

/** When everything happens in a specification that does not say otherwise. */
export const NOW = parseInstant('2026-03-02T09:00:00.000Z');

/** Who acts in a specification that does not say otherwise. */
export const ACTOR = deriveId('actor', 'somebody');

/** A fact of a history, with what is known of its recording where that matters. */
export type Happened<E extends DomainEvent> = E & { readonly recorded?: Partial<Recorded> };

/** Says when a fact was recorded. */
export const recordedAt =
  (now: Instant) =>
  <E extends DomainEvent>(event: E): Happened<E> => ({ ...event, recorded: { recordedAt: now } });

const recordedOf = (event: Happened<DomainEvent>, index: number): Recorded => ({
  id: deriveId('event', index.toString()),
  actor: ACTOR,
  occurredAt: event.occurredAt ?? event.recorded?.recordedAt ?? NOW,
  recordedAt: NOW,
  ...event.recorded,
});

/** What a history amounts to; `from` is where it goes on, and how many facts stand before it. */
export const fold = <State, E extends DomainEvent>(
  { initialState, evolve }: Pick<Decider<State, never, E, never>, 'initialState' | 'evolve'>,
  history: readonly Happened<E>[],
  from: { readonly state: State; readonly length: number } = { state: initialState, length: 0 },
): State =>
  history.reduce<State>(
    (state, event, index) => evolve(state, event, recordedOf(event, from.length + index)),
    from.state,
  );
