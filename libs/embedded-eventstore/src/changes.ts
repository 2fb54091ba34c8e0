/** What a listener waits for: any event of the log, or one of a stream. */
export type Topic = 'log' | { readonly stream: string };

/** Tells waiting subscriptions that something they may want was flushed. */
export class Changes {
  private readonly listeners = new Map<string, Set<Bell>>();

  listen(topic: Topic): Bell {
    const key = keyOf(topic);
    const bells = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, bells);
    const bell: Bell = new Bell(() => {
      bells.delete(bell);
      if (bells.size === 0 && this.listeners.get(key) === bells) this.listeners.delete(key);
    });
    bells.add(bell);
    return bell;
  }

  announce(streams: Iterable<string>): void {
    this.ring('log');
    for (const stream of streams) this.ring({ stream });
  }

  private ring(topic: Topic): void {
    for (const bell of this.listeners.get(keyOf(topic)) ?? []) bell.ring();
  }
}

/** Remembers one ring, so that nothing is missed between looking and waiting. */
export class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  constructor(private readonly unhang: () => void) {}

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  async next(): Promise<void> {
    if (!this.rung) await new Promise<void>((resolve) => (this.wake = resolve));
    this.rung = false;
    this.wake = undefined;
  }

  /** Ends the waiting too. */
  close(): void {
    this.unhang();
    this.ring();
  }
}

const keyOf = (topic: Topic): string => (topic === 'log' ? 'log' : `stream ${topic.stream}`);
