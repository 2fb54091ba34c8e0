import type { Outcome } from '@tempore/event-store';
import type { Command, Decider, DecisionContext, DomainEvent } from '@tempore/kernel';

import { type Act, metaOf } from './act';
import { audienceOf } from './principal';
import { toldOf } from './told';

/** Tells one stream one thing. The outcome names the events that whoever acts may know of. */
export const tell = async <State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
  act: Act,
  decider: Decider<State, C, E, Context>,
  id: string,
  command: C,
  context: Omit<Context, keyof DecisionContext>,
): Promise<Outcome<E, State>> => {
  const outcome = await act.log.run(decider, id, command, metaOf(act), context);
  return { ...outcome, events: toldOf(outcome.events, decider.events, audienceOf(act.principal), command) };
};
