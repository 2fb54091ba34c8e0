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

  /** Remembers what has to be stopped, and hands it back. What comes after the end has begun is stopped at once. */
  add<T>(name: string, thing: T, stop: (thing: T) => Promise<unknown>): T {
    const stoppable = { name, stop: () => stop(thing) };
    if (this.ending) this.ending = this.ending.then(() => this.stop(stoppable));
    else this.started.push(stoppable);
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
      void this.endWhole().then(() => process.exit(0));
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  }

  /**
   * Ends everything when the process that started this one asks for it, and at once where that one is gone. Ctrl-C in a
   * terminal reaches both, and is left to the other one.
   */
  endWithParent(): void {
    process.on('SIGINT', () => undefined);
    process.once('SIGTERM', () => void this.endWhole().then(() => process.exit(0)));
    process.once('disconnect', () => process.exit(1));
  }

  /** Ends also what was still starting when the end began. */
  private async endWhole(): Promise<void> {
    for (let seen: Promise<void> | undefined; seen !== this.ending || !seen;) {
      seen = this.end();
      await seen;
    }
  }

  private async stopAll(): Promise<void> {
    for (const stoppable of this.started.reverse()) await this.stop(stoppable);
  }

  private async stop({ name, stop }: Stoppable): Promise<void> {
    try {
      await stop();
    } catch (error) {
      this.logger.error({ err: error, name }, 'did not stop cleanly');
    }
  }
}
