import type { Position, StoredEvent } from '@tempore/kernel';

/** What the log hands over at once: in log order, each event exactly once. */
export interface Delivery {
  readonly events: readonly StoredEvent[];
  /** Everything at or before this place has been delivered, this delivery included. */
  readonly through: Position | undefined;
  /** The end of the log was reached with this delivery. */
  readonly caughtUp: boolean;
}

/** The log as views see it. */
export interface LogSource {
  /**
   * Follows the log for ever from behind `from` (from its beginning where undefined), and ends when the signal is
   * aborted. It has to deliver every event on which somebody waits for a view, also those that no view reads: a view's
   * place passes what it ignores.
   */
  readonly follow: (options: {
    readonly from: Position | undefined;
    readonly signal: AbortSignal;
  }) => AsyncIterable<Delivery>;
  /** The events of one stream up to a revision, and none behind it. */
  readonly load: (stream: string, through: bigint) => Promise<readonly StoredEvent[]>;
}
