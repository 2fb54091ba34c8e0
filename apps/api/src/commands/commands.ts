import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Act, type Doing, tell } from '@tempore/acts';
import type { Outcome } from '@tempore/event-store';
import type { Command, Decider, DecisionContext, DomainEvent } from '@tempore/kernel';

import { CommandAnswer } from './command-answer';
import { Perform } from './perform.command';

/** What controllers act through. */
@Injectable()
export class Commands {
  constructor(private readonly bus: CommandBus) {}

  /** Does what the product does. */
  perform<What, Answer>(act: Act, doing: Doing<What, Answer>, what: What): Promise<Answer> {
    return this.bus.execute(new Perform(doing, act, what));
  }

  /** Carries out one command on one stream and answers with what it recorded. */
  async run<State, C extends Command, E extends DomainEvent>(
    act: Act,
    decider: Decider<State, C, E>,
    id: string,
    command: C,
  ): Promise<CommandAnswer> {
    return new CommandAnswer(id, await this.execute(act, decider, id, command, {}));
  }

  /** The outcome as whoever acts may know it. */
  execute<State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
    act: Act,
    decider: Decider<State, C, E, Context>,
    id: string,
    command: C,
    context: Omit<Context, keyof DecisionContext>,
  ): Promise<Outcome<E, State>> {
    return this.perform(act, (_means, acting) => tell(acting, decider, id, command, context), undefined);
  }
}
