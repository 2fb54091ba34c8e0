import type { Command, Decider, DecisionContext, DomainEvent } from '@tempore/kernel';

import { ACTOR, fold, NOW } from './fold';
import { answerOf, dueBy, expectStorable } from './given';

/** One command of a sequence: what it met, what it answered, what stands afterwards. */
export interface Step<State, C extends Command, E extends DomainEvent, X extends DecisionContext = DecisionContext> {
  readonly command: C;
  readonly context: X;
  /** Settled at the command's `now`. */
  readonly before: State;
  /** What had fallen due before the command came. */
  readonly due: readonly E[];
  /** None where the command was refused, or where its outcome already held. */
  readonly events: readonly E[];
  /** The code that it was refused under; null where it was carried out, or its outcome held. */
  readonly refusedAs: string | null;
  readonly after: State;
}

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
};

type ContextOf<C, X> = (command: C, index: number) => X;
type ContextOfArgument<C, X> = DecisionContext extends X ? [contextOf?: ContextOf<C, X>] : [ContextOf<C, X>];

/**
 * Plays commands in a row against one stream, each in its context; a command may be made for the state that it meets.
 * Everything handed to the decider is frozen: it must touch nothing.
 */
export const play = <State, C extends Command, E extends DomainEvent, X extends DecisionContext>(
  decider: Decider<State, C, E, X>,
  commands: readonly (C | ((state: State) => C))[],
  ...[contextOf]: ContextOfArgument<C, X>
): readonly Step<State, C, E, X>[] => {
  let played = { state: deepFreeze(decider.initialState), length: 0 };
  const goOn = (events: readonly E[], { now, actor }: X): State => {
    const happened = events.map((event) => ({ ...event, recorded: { recordedAt: now, actor } }));
    const state = deepFreeze(fold(decider, happened, played));
    played = { state, length: played.length + events.length };
    return state;
  };
  return commands.map((next, index) => {
    const command = typeof next === 'function' ? next(played.state) : next;
    // Where no context is given, the decider asks for no more than these two.
    const context = contextOf?.(command, index) ?? ({ now: NOW, actor: ACTOR } as unknown as X);
    const due = dueBy(decider, played.state, context.now).map(deepFreeze);
    const before = goOn(due, context);
    const { events, refusedAs } = follows(decider, command, before, context);
    return { command, context, before, due, events, refusedAs, after: goOn(events, context) };
  });
};

const follows = <State, C extends Command, E extends DomainEvent, X extends DecisionContext>(
  { decide }: Decider<State, C, E, X>,
  command: C,
  state: State,
  context: X,
): Pick<Step<State, C, E, X>, 'events' | 'refusedAs'> => {
  const answer = answerOf(() => decide(deepFreeze(command), state, deepFreeze(context)).map(deepFreeze));
  return 'refusal' in answer
    ? { events: [], refusedAs: answer.refusal.code }
    : { events: answer.events, refusedAs: null };
};

/**
 * What holds for every decider: what it decides can be stored, without events nothing moves, and nothing happens twice,
 * be it asked for or due. What was carried out is quiet when it is asked for again, what was refused is refused again;
 * `refusedAgain` names the code where a decider owes a repeat under another key a word.
 */
export const expectSound = <State, C extends Command, E extends DomainEvent, X extends DecisionContext>(
  decider: Decider<State, C, E, X>,
  steps: readonly Step<State, C, E, X>[],
  refusedAgain: (events: readonly E[]) => string | null = () => null,
): void => {
  for (const { command, context, before, due, events, refusedAs, after } of steps) {
    if (events.length === 0) expect(after).toEqual(before);
    [...due, ...events].forEach((event) => expectStorable(decider, event));
    expect(dueBy(decider, after, context.now)).toEqual([]);
    const again = follows(decider, command, after, context);
    expect({ command, ...again }).toEqual({ command, events: [], refusedAs: refusedAs ?? refusedAgain(events) });
  }
};

/** The moves between statuses that a sequence made, as `active → suspended`. */
export const movesOf = (
  steps: readonly { readonly before: { readonly status: string }; readonly after: { readonly status: string } }[],
): readonly string[] =>
  steps
    .filter(({ before, after }) => before.status !== after.status)
    .map(({ before, after }) => `${before.status} → ${after.status}`);
