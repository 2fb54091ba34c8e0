import type { Logger } from 'pino';

/** Something that is stopped when the process is, in the reverse order of its start. */
interface Stoppable {
  readonly name: string;
  readonly stop: () => Promise<unknown>;
}

/** What a process has started, and the one way to end it all: once, in reverse order, however it is asked. */
export class Lifetime {
  private readonly started: Stoppable[] = [];
  private ending: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  /** Remembers what has to be stopped, and hands it back. */
  add<T>(name: string, thing: T, stop: (thing: T) => Promise<unknown>): T {
    this.started.push({ name, stop: () => stop(thing) });
    return thing;
  }

  get isEnding(): boolean {
    return this.ending !== undefined;
  }

  end(): Promise<void> {
    this.ending ??= this.stopAll();
    return this.ending;
  }

  /** Ends everything on Ctrl-C or SIGTERM, then the process; a second Ctrl-C does not wait. */
  endOnSignals(): void {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(1);
      asked = true;
      this.logger.info({ signal }, 'stopping');
      void this.end().then(() => process.exit(0));
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  }

  private async stopAll(): Promise<void> {
    for (const { name, stop } of this.started.reverse()) {
      try {
        await stop();
      } catch (error) {
        this.logger.error({ err: error, name }, 'did not stop cleanly');
      }
    }
  }
}
