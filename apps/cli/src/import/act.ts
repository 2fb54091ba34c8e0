import type { CommandRunner } from '@tempore/event-store';
import {
  catalogueOf,
  type Command,
  type Decider,
  type DecisionContext,
  decode,
  type DomainEvent,
  type LoggedEvent,
  Refusal,
  type StoredEvent,
} from '@tempore/kernel';

import type { Clock } from '../../../composition/src/clock';
import { type Task, type Told, withDecider } from './task';
import type { WhatStands } from './what-stands';

/** What a task comes to: something new is put on record, all of it is there already, or it is refused. */
export type Verdict = 'new' | 'there' | Refusal;

export type Act = (task: Task) => Promise<Verdict>;

/** On whose behalf an import acts. */
export interface Importer {
  /** Pseudonymous. */
  readonly actor: string;
  /** The same for all that one file brings. */
  readonly correlationId: string;
  readonly clock: Clock;
  readonly hash: (content: unknown) => string;
}

/** Carries a task out. Throws `StoreUnavailable`. */
export const carryOut =
  (runner: CommandRunner, { actor, correlationId, clock, hash }: Importer): Act =>
  (task) =>
    verdictOf(
      withDecider(task, async (decider, commands) => {
        let isNew = false;
        for (const { command, commandId, content, ...occurred } of commands) {
          const meta = { actor, correlationId, commandId, requestHash: hash(content), now: clock(), ...occurred };
          const { events, repeated } = await runner.run(decider, task.id, command, meta, {});
          isNew ||= !repeated && events.length > 0;
        }
        return isNew;
      }),
    );

/** Tells what carrying a task out would come to now, and changes nothing. Throws `StoreUnavailable`. */
export const rehearse =
  (before: WhatStands, { actor, clock }: Pick<Importer, 'actor' | 'clock'>): Act =>
  (task) =>
    verdictOf(
      withDecider(task, async (decider, commands) => {
        const commandIds = commands.map(({ commandId }) => commandId);
        const events = await before.lookInto(`${decider.category}-${task.id}`, commandIds);
        return events !== undefined && wouldChange(decider, events, commands, { actor, now: clock() });
      }),
    );

/** Whether commands would leave anything new in a stream. Throws the first one's `Refusal`. */
const wouldChange = <State, C extends Command, E extends DomainEvent>(
  { events, initialState, evolve, decide }: Decider<State, C, E>,
  stored: readonly StoredEvent[],
  commands: readonly Told<C>[],
  context: DecisionContext,
): boolean => {
  const catalogue = catalogueOf(...events);
  const logged = stored.map((event) => decode(catalogue, event) as LoggedEvent<E>);
  const carriedOut = new Set(logged.map(({ metadata }) => metadata.commandId));
  const open = commands.filter(({ commandId }) => !carriedOut.has(commandId));
  const before = logged.reduce(
    (state, event) => evolve(state, event, { ...event.metadata, id: event.id }),
    initialState,
  );
  return open.reduce(
    ({ state, isNew }, { command, commandId }) => {
      const decided = decide(command, state, context);
      const recorded = { id: commandId, actor: context.actor, occurredAt: context.now, recordedAt: context.now };
      return {
        state: decided.reduce((folded, event) => evolve(folded, event, recorded), state),
        isNew: isNew || decided.length > 0,
      };
    },
    { state: before, isNew: false },
  ).isNew;
};

/** A refusal is an outcome like the others. */
const verdictOf = async (isNew: Promise<boolean>): Promise<Verdict> => {
  try {
    return (await isNew) ? 'new' : 'there';
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};
