import { type Command, type Decider, type DomainEvent, Refusal } from '@tempore/kernel';

import { ACTOR, fold, NOW } from './fold';

/** One command of a sequence: what it met, what it answered, what stands afterwards. */
export interface Step<State, C extends Command, E extends DomainEvent> {
  readonly command: C;
  readonly before: State;
  /** None where the command was refused, or where its outcome already held. */
  readonly events: readonly E[];
  readonly after: State;
}

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
};

/** Plays commands in a row against one stream. Everything handed to the decider is frozen: it must touch nothing. */
export const play = <State, C extends Command, E extends DomainEvent>(
  decider: Decider<State, C, E>,
  commands: readonly C[],
): readonly Step<State, C, E>[] => {
  const history: E[] = [];
  return commands.map((command) => {
    const before = deepFreeze(fold(decider, history));
    const events = follows(decider, command, before);
    history.push(...events);
    return { command, before, events, after: deepFreeze(fold(decider, history)) };
  });
};

const follows = <State, C extends Command, E extends DomainEvent>(
  { decide }: Decider<State, C, E>,
  command: C,
  state: State,
): readonly E[] => {
  try {
    return decide(deepFreeze(command), state, { now: NOW, actor: ACTOR }).map(deepFreeze);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};

/** What holds for every decider: what it decides can be stored, without events nothing moves, and nothing happens twice. */
export const expectSound = <State, C extends Command, E extends DomainEvent>(
  decider: Decider<State, C, E>,
  steps: readonly Step<State, C, E>[],
): void => {
  for (const { command, before, events, after } of steps) {
    if (events.length === 0) expect(after).toEqual(before);
    for (const { type, data } of events)
      expect(decider.events.find((definition) => definition.type === type)?.schema.parse(data)).toEqual(data);
    expect(follows(decider, command, after)).toEqual([]);
  }
};

/** The moves between statuses that a sequence made, as `active → suspended`. */
export const movesOf = (
  steps: readonly { readonly before: { readonly status: string }; readonly after: { readonly status: string } }[],
): readonly string[] =>
  steps
    .filter(({ before, after }) => before.status !== after.status)
    .map(({ before, after }) => `${before.status} → ${after.status}`);
