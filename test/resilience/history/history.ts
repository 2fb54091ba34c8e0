import type { Instant, LoggedEvent, Position } from '@tempore/kernel';

/** One request under one idempotency key, with every answer that came to it, however often it was sent. */
export interface Request {
  readonly key: string;
  readonly path: string;
  readonly answers: readonly Answer[];
}

/** An answer that says yes or no for good; what only asks to come again is none. */
export interface Answer {
  readonly status: number;
  /** Ids of the events that the answer says it left in the log. */
  readonly events: readonly string[];
  /** What the answer says became of the lines of a form. */
  readonly lines?: readonly RegisteredLine[];
}

export interface RegisteredLine {
  readonly dealId: string;
  /** The event that filed it; null where it stayed a draft. */
  readonly filingId: string | null;
}

/** What is known of a view once it was replayed beside itself. */
export interface ComparedView {
  readonly view: string;
  /** Everything up to here is in it; undefined where it has handled nothing. */
  readonly position: Position | undefined;
  readonly equal: boolean;
  readonly parkedStreams: readonly string[];
}

/** How often an app died at a named point. */
export interface PointHits {
  readonly point: string;
  readonly hits: number;
}

/** Everything that a run left: what was answered, what stands in the log, and what the views make of it. */
export interface History {
  readonly requests: readonly Request[];
  /** The whole log, in its order. */
  readonly log: readonly LoggedEvent[];
  readonly views: readonly ComparedView[];
  readonly points: readonly PointHits[];
  /** The installation's clock when everything had come to rest. */
  readonly now: Instant;
}

export interface Violation {
  /** The rule that is broken. */
  readonly rule: string;
  /** Request, stream or view that breaks it. */
  readonly where: string;
  readonly what: string;
}
