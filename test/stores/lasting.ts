/**
 * What hooks have started, to be ended in the end: the latest first, each whatever became of the others, and also what
 * was still starting when its hook had failed already.
 */
export class Lasting {
  private readonly ends: (() => Promise<unknown>)[] = [];

  /** Holds what is being started; what does not start has nothing to end. */
  hold<T>(starting: Promise<T>, end: (thing: T) => unknown): Promise<T> {
    this.ends.push(() => starting.then(end, () => undefined));
    return starting;
  }

  /** Throws what some of them ended with, once all have ended. */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (const end of this.ends.splice(0).reverse()) await end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} did not end: ${failures.join(', ')}`);
  }
}

/** For what the hooks of a spec start: a hook that fails leaves nothing behind. */
export const lasting = (): Lasting['hold'] => {
  const all = new Lasting();
  afterAll(() => all.end());
  return (starting, end) => all.hold(starting, end);
};
