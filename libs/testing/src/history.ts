import type { Command, Decider, DecisionContext, DomainEvent } from '@tempore/kernel';

import { fold, type Happened, recordedAt } from './fold';
import { dueBy } from './given';

/** One command of a history, in the context in which it came. */
export interface Told<C extends Command, X extends DecisionContext> {
  readonly command: C;
  readonly context: X;
}

/**
 * A history with the events of one more command, and with what had fallen due before it. Throws the refusal of one that was
 * not carried out: a history that could not happen specifies nothing.
 */
export const happenedNext = <State, C extends Command, E extends DomainEvent, X extends DecisionContext>(
  decider: Decider<State, C, E, X>,
  history: readonly Happened<E>[],
  { command, context }: Told<C, X>,
): readonly Happened<E>[] => {
  const { now, actor } = context;
  const due = dueBy(decider, fold(decider, history), now).map(recordedAt(now));
  const settled = [...history, ...due];
  const events = decider.decide(command, fold(decider, settled), context);
  return [...settled, ...events.map((event) => ({ ...event, recorded: { recordedAt: now, actor } }))];
};

/** A history as the events of commands that were all carried out. */
export const historyOf = <State, C extends Command, E extends DomainEvent, X extends DecisionContext>(
  decider: Decider<State, C, E, X>,
  told: readonly Told<C, X>[],
): readonly Happened<E>[] =>
  told.reduce<readonly Happened<E>[]>((history, line) => happenedNext(decider, history, line), []);
