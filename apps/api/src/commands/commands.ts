import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Act, audienceOf, toldOf } from '@tempore/acts';
import type { Outcome } from '@tempore/event-store';
import type { Command, Decider, DecisionContext, DomainEvent } from '@tempore/kernel';

import { CommandAnswer } from './command-answer';
import { RunCommand } from './run.command';

/** What controllers act through. */
@Injectable()
export class Commands {
  constructor(private readonly bus: CommandBus) {}

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
  async execute<State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
    act: Act,
    decider: Decider<State, C, E, Context>,
    id: string,
    command: C,
    context: Omit<Context, keyof DecisionContext>,
  ): Promise<Outcome<E>> {
    const outcome = await this.bus.execute(new RunCommand(decider, id, command, act.meta, context));
    const events = toldOf(outcome.events, decider.events, audienceOf(act.principal), command);
    return { ...outcome, events };
  }
}
