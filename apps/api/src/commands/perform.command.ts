import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Act, Doing, Means } from '@tempore/acts';

/** Injection token of what acts are carried out with. */
export const MEANS = Symbol('MEANS');

/** Any act, on its way over the bus. */
export class Perform<What = unknown, Answer = unknown> extends Command<Answer> {
  constructor(
    readonly doing: Doing<What, Answer>,
    readonly act: Act,
    readonly what: What,
  ) {
    super();
  }
}

/** The one handler: what is done is the act's matter, with what, the installation's. */
@CommandHandler(Perform)
export class PerformHandler implements ICommandHandler<Perform> {
  constructor(@Inject(MEANS) private readonly means: Means) {}

  execute({ doing, act, what }: Perform): Promise<unknown> {
    return doing(this.means, act, what);
  }
}
