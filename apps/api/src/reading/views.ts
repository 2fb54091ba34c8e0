import type { Position } from '@tempore/kernel';

/** Injection token of what knows how far the read side is. */
export const VIEWS = Symbol('VIEWS');

export interface Views {
  /** Throws a `Refusal` where a view has stopped: what it shows is no longer what is so. */
  expectRunning(view: string): void;

  /** Waits until the live version of a view has got to a place in the log. Throws a `Refusal` where it does not in time. */
  reached(view: string, position: Position, timeoutMs: number): Promise<void>;
}
