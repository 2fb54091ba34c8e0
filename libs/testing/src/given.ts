import {
  type Command,
  type Decider,
  type DecisionContext,
  type DomainEvent,
  type Instant,
  Refusal,
  type RefusalDetails,
} from '@tempore/kernel';

import { ACTOR, fold, type Happened, NOW, recordedAt } from './fold';

/** What a decision is told: clock and actor have defaults, what the decider asks for beside them has none. */
export type Context<X extends DecisionContext> = Omit<X, keyof DecisionContext> & Partial<DecisionContext>;
type ContextArgument<X extends DecisionContext> = DecisionContext extends X ? [context?: Context<X>] : [Context<X>];

/** What a decision amounts to: events, none where the outcome holds already, or a refusal. */
export type Answer<E extends DomainEvent> = { readonly events: readonly E[] } | { readonly refusal: Refusal };

export const answerOf = <E extends DomainEvent>(decide: () => readonly E[]): Answer<E> => {
  try {
    return { events: decide() };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
};

/** The log keeps what the schema lets through: a decision must stand in it exactly as it was made. */
export const expectStorable = <E extends DomainEvent>(
  { events }: Pick<Decider<never, never, E, never>, 'events'>,
  event: E,
): void => {
  const definition = events.find(({ type }) => type === event.type);
  expect(definition?.schema.parse(event.data)).toEqual(event.data);
};

/** What falls due by an instant. */
export const dueBy = <State, E extends DomainEvent>(
  { settle }: Pick<Decider<State, never, E, never>, 'settle'>,
  state: State,
  now: Instant,
): readonly E[] => settle?.(state, now) ?? [];

/** Nobody is told "no" without what they may do about it, but where there is nothing of the kind. */
const expectRemedy = ({ code, kind, details: { remedy } }: Refusal): void => {
  if (kind !== 'not-found')
    expect({ code, remedy }).toEqual({ code, remedy: expect.stringMatching(/\w.*\.$/) as string });
};

/**
 * Specifies one decision: given what happened, when a command comes, then these events follow, or a refusal under a
 * code (with these details), or nothing because the outcome already holds. What is due by then has happened before; `afterSettling` says what
 * that was.
 */
export const given = <State, C extends Command, E extends DomainEvent, X extends DecisionContext>(
  decider: Decider<State, C, E, X>,
  history: readonly Happened<E>[] = [],
) => ({
  when: (command: C, ...[context]: ContextArgument<X>) => {
    // The caller's part and the defaults are together what the decider asked for.
    const whole = { now: NOW, actor: ACTOR, ...context } as unknown as X;
    const due = dueBy(decider, fold(decider, history), whole.now);
    const settled = fold(decider, [...history, ...due.map(recordedAt(whole.now))]);
    const answer = answerOf(() => decider.decide(command, settled, whole));
    const outcome = {
      afterSettling: (expected: readonly E[]) => {
        expect(due).toEqual(expected);
        due.forEach((event) => expectStorable(decider, event));
        return outcome;
      },
      then: (expected: readonly E[]) => {
        expect(answer).toEqual({ events: expected });
        if ('events' in answer) answer.events.forEach((event) => expectStorable(decider, event));
      },
      thenNothing: () => {
        expect(answer).toEqual({ events: [] });
      },
      thenRefused: (code: string, details?: RefusalDetails) => {
        expect('refusal' in answer ? answer.refusal.code : answer).toBe(code);
        if (!('refusal' in answer)) return;
        expectRemedy(answer.refusal);
        if (details) expect(answer.refusal.details).toMatchObject(details);
      },
    };
    return outcome;
  },
});
