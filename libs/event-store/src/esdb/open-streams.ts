import type { EventEmitter } from 'node:events';

/** A server takes so many calls at once on a connection. The next one waits, without a word, until another has ended. */
const LIMIT = 100;
/** Said from here on, and again only after it was this few less. */
const MANY = 80;
const CALM = 20;

/** How many calls this process has open on its connection to a store: reads under way, subscriptions, the one of all appends. */
export class OpenStreams {
  private count = 0;
  private isTold = false;

  /** `onMany`: told when the server may soon take no more. */
  constructor(private readonly onMany: (open: number, limit: number) => void = () => undefined) {}

  get open(): number {
    return this.count;
  }

  /** Counts a call until it is over, however it ends. */
  watch<Call extends EventEmitter>(call: Call): Call {
    this.count++;
    if (this.count >= MANY && !this.isTold) {
      this.isTold = true;
      this.onMany(this.count, LIMIT);
    }
    call.once('status', () => {
      this.count--;
      if (this.count <= MANY - CALM) this.isTold = false;
    });
    return call;
  }
}
