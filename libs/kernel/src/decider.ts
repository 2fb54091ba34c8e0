import type { DomainEvent, EventDefinition, Recorded } from './event';
import type { Instant } from './time';

export interface Command<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** What every decision is told of its surroundings; deciders that need more (policy, standing) extend it. */
export interface DecisionContext {
  readonly now: Instant;
  readonly actor: string;
}

/** What the events of one kind of stream come to. `evolve` is total: it never refuses a fact. */
export interface Fold<State, E extends DomainEvent> {
  /** The part of the stream's name before the dash. */
  readonly category: string;
  readonly events: readonly EventDefinition<E['type']>[];
  readonly initialState: State;
  readonly evolve: (state: State, event: E, recorded: Recorded) => State;
}

/**
 * The whole behaviour of one kind of stream, as pure functions.
 *
 * `decide` answers a command, on a state that is settled at its `now`, with the events that follow from it, with none
 * where the outcome already holds, or throws a `Refusal`.
 */
export interface Decider<
  State,
  C extends Command,
  E extends DomainEvent,
  Context extends DecisionContext = DecisionContext,
> extends Fold<State, E> {
  /** Raised whenever the same history may be decided otherwise; stands on every event (`deal@1`). */
  readonly version: number;
  /**
   * Everything that has fallen due by `now` without anybody asking, in order of its due instants, each event with its
   * `cause`. It stands in the log before whatever a command adds, also where the command is then refused; once it does,
   * nothing is due at that `now` any more.
   */
  readonly settle?: (state: State, now: Instant) => readonly E[];
  /** The version of the programme's policy that an event was decided under, where one had a say; for its metadata. */
  readonly policyVersionOf?: (event: E, state: State) => number | undefined;
  readonly decide: (command: C, state: State, context: Context) => readonly E[];
}

/** Closes a switch over a union: fails to compile where a case is missing. */
export const unreachable = (value: never): never => {
  throw new Error(`No case for ${JSON.stringify(value)}`);
};
