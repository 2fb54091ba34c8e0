import type { Instant, LoggedEvent } from '@tempore/kernel';

/** Something that may be left to do. To do it twice is as good as once. */
export interface Work {
  /** Before that instant whoever began it is given the time to end it. */
  readonly due: Instant;
  /** What it is about, for the journal of this process. */
  readonly about: Readonly<Record<string, unknown>>;
  /** Reads the log as it stands now, and drives on what it finds. A `Refusal` is an answer too: nothing is left to do. */
  readonly run: () => Promise<void>;
}

/** Turns events into commands. */
export interface Process {
  /** Its place in the log is kept under this name. */
  readonly name: string;
  /** Stored types of the events that nudge it. */
  readonly interestedIn: readonly string[];
  /** What an event may have left to do. The event is a nudge and no more: what counts is the log when the work runs. */
  readonly nudge: (event: LoggedEvent) => Work | undefined;
  /** How often to look for that. */
  readonly watchEveryMs: number;
  /** What has been open for too long, whatever became of its nudge. */
  readonly overdue: () => Promise<readonly Work[]>;
}
