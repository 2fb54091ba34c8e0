/** Lets work under the same key run one after the other, in the order in which it came. */
export class Turns {
  private readonly latest = new Map<string, Promise<unknown>>();

  /** Keys under which work runs or waits. */
  get size(): number {
    return this.latest.size;
  }

  /** Whether work under a key runs or waits. */
  has(key: string): boolean {
    return this.latest.has(key);
  }

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.latest.get(key);
    const turn = before ? before.then(work, work) : work();
    this.latest.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.latest.get(key) === turn) this.latest.delete(key);
    }
  }
}
