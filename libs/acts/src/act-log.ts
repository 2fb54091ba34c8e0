import type { CommandMeta, CommandRunner, Outcome, StreamState } from '@tempore/event-store';
import type { Command, Decider, DecisionContext, DomainEvent, Fold } from '@tempore/kernel';

/** What of the log may be asked. */
export type Reads = Pick<CommandRunner, 'read'>;

/** What may be asked of the log, and told it. */
export type Log = Pick<CommandRunner, 'read' | 'run'>;

/**
 * The log as one act goes through it. What the act has read, or a command of its own was answered, it does not read again:
 * others may have gone on since, but every command is decided by what stands in its stream when it is appended.
 */
export class ActLog implements Log {
  private readonly known = new Map<string, Promise<StreamState<unknown>>>();

  constructor(private readonly runner: Log) {}

  read<State, E extends DomainEvent>(decider: Fold<State, E>, id: string): Promise<StreamState<State>> {
    const known = this.known.get(streamOf(decider, id)) as Promise<StreamState<State>> | undefined;
    return known ?? this.readAnew(decider, id);
  }

  /** For what others may have put there since, and counts. */
  readAnew<State, E extends DomainEvent>(decider: Fold<State, E>, id: string): Promise<StreamState<State>> {
    const reading = this.runner.read(decider, id);
    this.know(streamOf(decider, id), reading);
    return reading;
  }

  /** Carries a command out, as the runner does. Where it is refused, nothing of its stream is known any more. */
  async run<State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
    decider: Decider<State, C, E, Context>,
    id: string,
    command: C,
    meta: CommandMeta,
    context: Omit<Context, keyof DecisionContext>,
  ): Promise<Outcome<E, State>> {
    const running = this.runner.run(decider, id, command, meta, context);
    this.know(
      streamOf(decider, id),
      running.then(({ after }) => after),
    );
    return running;
  }

  private know(stream: string, state: Promise<StreamState<unknown>>): void {
    this.known.set(stream, state);
    state.catch(() => {
      if (this.known.get(stream) === state) this.known.delete(stream);
    });
  }
}

const streamOf = ({ category }: { readonly category: string }, id: string): string => `${category}-${id}`;
