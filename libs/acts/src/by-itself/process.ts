import { eventsByCategory } from '@tempore/catalogue';
import type { CommandRunner, EventStore } from '@tempore/event-store';
import { type EventDefinition, type EventOf, type Instant, type LoggedEvent, toInstant } from '@tempore/kernel';
import type { Vault } from '@tempore/personal-data';
import type { Database } from '@tempore/read-models';

/** What falls due by itself is asked of the views, and happens by commands. */
export interface TimedStores {
  readonly runner: CommandRunner;
  readonly vault: Vault;
  readonly database: Database;
}

/** The mails that processes have sent. Whoever runs them says how. */
export interface Mails {
  /** Has a notice mailed to those it is for. To ask twice is as good as once. */
  readonly enqueue: (noticeId: string) => Promise<void>;
  /** What waits to be mailed by now. */
  readonly waiting: () => Promise<readonly Left[]>;
  /** The people to whom mails are kept here, after what nobody can tell whose it is has gone. */
  readonly keptFor: () => Promise<readonly string[]>;
  readonly forget: (personId: string) => Promise<void>;
}

/** What a process works with. */
export interface Surroundings extends TimedStores {
  readonly eventStore: EventStore;
  readonly mails: Mails;
  readonly clock: () => Instant;
  /** What was left before this instant was left by a crash, or nearly so. */
  readonly leftBefore: () => Instant;
}

/** Something that falls due by itself. To let it happen twice is as good as once. */
export interface Due {
  readonly at: Instant;
  readonly about: Readonly<Record<string, string>>;
  readonly run: (now: Instant) => Promise<void>;
}

/** Something that was left to do. To do it twice is as good as once. */
export interface Left {
  /** For the journal of whoever does it. */
  readonly about: Readonly<Record<string, unknown>>;
  /** Reads the log as it stands now, and drives on what it finds. A `Refusal` is an answer too: nothing is left to do. */
  readonly run: () => Promise<void>;
}

/** What falls due at instants of the installation's clock; where that is simulated, moving it lets all of them happen in order. */
export interface Timers {
  /** How late it may happen. */
  readonly everyMs: number;
  /** The views that know of it. */
  readonly views: readonly string[];
  /** What is due by an instant, the earliest first and `limit` at most. */
  readonly due: (stores: TimedStores, by: Instant, limit: number) => Promise<readonly Due[]>;
}

/** Looks for what has been open for too long, whatever became of the event that left it. */
export interface Watchdog {
  readonly everyMs: number;
  readonly overdue: (surroundings: Surroundings) => Promise<readonly Left[]>;
}

/**
 * Something that the product does by itself. Its one value says everything of it: the reactor runs what stands in
 * `processes`, a simulated clock lets its timers happen, and whoever waits until all has been followed up waits for it.
 */
export interface Process {
  /** Its place in the log is kept under this name: it never changes. */
  readonly name: string;
  /** The events that leave it something to do. */
  readonly follows: readonly EventDefinition[];
  /** For so long whoever began something is given the time to end it. Nothing that falls due waits for such a process. */
  readonly graceMs: number;
  /** Does what an event leaves to it. The event is a nudge and no more: what counts is the log as it stands now. */
  readonly step: (event: LoggedEvent, surroundings: Surroundings) => Promise<void>;
  readonly timers: Timers | null;
  /** Null where every event is sure to be stepped on from its place in the log, and nothing waits for what comes of it. */
  readonly watchdog: Watchdog | null;
}

/** A process whose step knows the events that it follows. */
export const processOf = <const Follows extends readonly EventDefinition[]>(
  process: Omit<Process, 'follows' | 'step'> & {
    readonly follows: Follows;
    readonly step: (event: LoggedEvent<EventOf<Follows>>, surroundings: Surroundings) => Promise<void>;
  },
): Process => process as unknown as Process;

/** The categories of the streams that a process follows. */
export const categoriesOf = ({ follows }: Pick<Process, 'follows'>): readonly string[] =>
  Object.entries(eventsByCategory)
    .filter(([, definitions]) => definitions.some(({ type }) => follows.some((followed) => followed.type === type)))
    .map(([category]) => category);

export const later = (at: Instant, ms: number): Instant => toInstant(new Date(Date.parse(at) + ms));

/** How many of what is overdue are driven on at a time. */
export const OVERDUE_AT_ONCE = 100;

const OVERDUE_MS = 15_000;

/**
 * Since when something has to be left for a watchdog to take it up. By a simulated clock, which stands until it is moved,
 * nothing would ever grow old: there all that is left is taken up, since to do it beside somebody else is as good as once.
 */
export const leftBefore = (now: Instant, isSimulated: boolean): Instant => later(now, isSimulated ? 1 : -OVERDUE_MS);
