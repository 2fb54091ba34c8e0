import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandMeta, CommandRunner, type Outcome } from '@tempore/event-store';
import type { Command as DomainCommand, Decider, DecisionContext, DomainEvent } from '@tempore/kernel';

/** Any command of any decider, on its way over the bus. */
export class RunCommand<
  State = unknown,
  C extends DomainCommand = DomainCommand,
  E extends DomainEvent = DomainEvent,
  Context extends DecisionContext = DecisionContext,
> extends Command<Outcome<E>> {
  constructor(
    readonly decider: Decider<State, C, E, Context>,
    readonly id: string,
    readonly command: C,
    readonly meta: CommandMeta,
    readonly context: Omit<Context, keyof DecisionContext>,
  ) {
    super();
  }
}

/** The one handler: which rules apply is the decider's matter, how they are applied the runner's. */
@CommandHandler(RunCommand)
export class RunCommandHandler implements ICommandHandler<RunCommand> {
  constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

  execute({ decider, id, command, meta, context }: RunCommand): Promise<Outcome<DomainEvent>> {
    return this.runner.run(decider, id, command, meta, context);
  }
}
