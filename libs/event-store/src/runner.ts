import {
  type Command,
  type Decider,
  type DecisionContext,
  type DomainEvent,
  type EventCatalogue,
  type EventMetadata,
  type Instant,
  type LoggedEvent,
  type Position,
  type StoredEvent,
  catalogueOf,
  decode,
  deriveId,
  laterOf,
  Refusal,
} from '@tempore/kernel';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';

import { RevisionConflict, StoreUnavailable } from './errors';
import type { EventStore, NewEvent, Revision } from './port';

/** What a command carries beside its content. */
export interface CommandMeta {
  /** Derived from principal, route and idempotency key: the same request always has the same one. */
  readonly commandId: string;
  /** Keyed hash of the request: tells a repeat from another request under the same key. */
  readonly requestHash: string;
  /** Pseudonymous id of whoever acts. */
  readonly actor: string;
  readonly now: Instant;
  readonly correlationId: string;
  /** The event or command that led to this one; the command itself where it came from outside. */
  readonly causationId?: string;
  /** When what the command reports happened, as claimed. */
  readonly occurredAt?: Instant;
  readonly policyVersion?: number;
  /** Carries the command out only where the stream is still at this revision. */
  readonly ifRevision?: bigint;
}

/** How a command ended. */
export interface Outcome<E extends DomainEvent> {
  readonly stream: string;
  readonly revision: Revision;
  /** Place of the last event that the command caused; absent where it caused none. */
  readonly position?: Position;
  /** The command's own events, also when it had been carried out before. */
  readonly events: readonly LoggedEvent<E>[];
  /** The command had been carried out before. */
  readonly repeated: boolean;
}

/** What a stream amounts to, as far as this process has read it. */
interface Folded<State> {
  readonly state: State;
  readonly revision: Revision;
  readonly recordedAt: Instant | undefined;
  /** The hash of the request of every command that left events in the stream. */
  readonly commands: Map<string, string>;
}

type ContextOf<Context extends DecisionContext> = Omit<Context, keyof DecisionContext>;

export interface RunnerSettings {
  /** Streams whose fold is kept in memory; each saves the read before a decision. */
  readonly cachedStreams?: number;
  /** How often a command is decided anew because somebody else appended first. */
  readonly maxConflicts?: number;
}

/**
 * Runs any command of any decider: fold the stream, decide, append at the revision that was folded, decide anew where
 * somebody else was first. Commands of this process on one stream queue, so that only other processes conflict.
 */
export class CommandRunner {
  private readonly folds: LRUCache<string, Folded<unknown>>;
  private readonly queues = new Map<string, ReturnType<typeof pLimit>>();
  private readonly catalogues = new WeakMap<object, EventCatalogue>();
  private readonly maxConflicts: number;

  constructor(
    private readonly store: EventStore,
    { cachedStreams = 10_000, maxConflicts = 100 }: RunnerSettings = {},
  ) {
    this.folds = new LRUCache({ max: cachedStreams });
    this.maxConflicts = maxConflicts;
  }

  /**
   * Carries out a command once, however often it is sent. Throws the decider's `Refusal`, `IDEMPOTENCY_KEY_REUSED`
   * where the same command id came with another request, or `StoreUnavailable` where the outcome is unknown.
   */
  run<State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
    decider: Decider<State, C, E, Context>,
    id: string,
    command: C,
    meta: CommandMeta,
    context: ContextOf<Context>,
  ): Promise<Outcome<E>> {
    const stream = `${decider.category}-${id}`;
    return this.inTurn(stream, () => this.decideAndAppend(decider, stream, command, meta, context));
  }

  /** Folds a stream as it stands in the log now. */
  async read<State, E extends DomainEvent>(
    decider: Pick<Decider<State, never, E, never>, 'category' | 'events' | 'initialState' | 'evolve'>,
    id: string,
  ): Promise<{ readonly state: State; readonly revision: Revision }> {
    const stream = `${decider.category}-${id}`;
    return this.inTurn(stream, () => this.catchUp(decider, stream));
  }

  private async inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(stream) ?? pLimit(1);
    this.queues.set(stream, queue);
    try {
      return await queue(work);
    } finally {
      if (queue.activeCount + queue.pendingCount === 0) this.queues.delete(stream);
    }
  }

  private async decideAndAppend<State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
    decider: Decider<State, C, E, Context>,
    stream: string,
    command: C,
    meta: CommandMeta,
    context: ContextOf<Context>,
  ): Promise<Outcome<E>> {
    let fold = this.folds.get(stream) as Folded<State> | undefined;
    let fresh = fold === undefined;
    fold ??= await this.catchUp(decider, stream);
    for (let conflicts = 0; conflicts <= this.maxConflicts;) {
      const earlier = fold.commands.get(meta.commandId);
      if (earlier !== undefined) return this.repeat(decider, stream, meta, earlier);
      const now = fold.recordedAt ? laterOf(meta.now, fold.recordedAt) : meta.now;
      try {
        if (meta.ifRevision !== undefined) insistOn(meta.ifRevision, fold.revision);
        // The caller's part and the common part are together what the decider asked for.
        const whole = { ...context, now, actor: meta.actor } as unknown as Context;
        const [first, ...rest] = decider.decide(command, fold.state, whole).map(stamp(decider, stream, meta, now));
        if (first) return await this.append(decider, stream, fold, [first, ...rest]);
        if (fresh) return { stream, revision: fold.revision, events: [], repeated: false };
      } catch (error) {
        if (error instanceof Refusal && !fresh) {
          // decided below, on a fold that is sure to be current
        } else if (error instanceof RevisionConflict) conflicts++;
        else throw error;
      }
      fold = await this.catchUp(decider, stream);
      fresh = true;
    }
    throw new StoreUnavailable(`${stream} changed ${this.maxConflicts} times while one command was decided`);
  }

  private async append<State, E extends DomainEvent>(
    decider: Folder<State, E>,
    stream: string,
    fold: Folded<State>,
    events: [NewEvent, ...NewEvent[]],
  ): Promise<Outcome<E>> {
    const { revision, position } = await this.store.append(stream, fold.revision, events);
    const first = revision - BigInt(events.length - 1);
    const logged = events.map((event, index) =>
      this.decode(decider, { ...event, stream, revision: first + BigInt(index), position }),
    );
    this.folds.set(stream, logged.reduce(folder(decider), fold));
    return { stream, revision, position, events: logged, repeated: false };
  }

  /** Reads what came since the stream was folded last. */
  private async catchUp<State, E extends DomainEvent>(
    decider: Folder<State, E>,
    stream: string,
  ): Promise<Folded<State>> {
    const known = (this.folds.get(stream) as Folded<State> | undefined) ?? nothingFolded(decider.initialState);
    const slice = await this.store.load(stream, known.revision === 'none' ? 0n : known.revision + 1n);
    const fold = slice.events.map((event) => this.decode(decider, event)).reduce(folder(decider), known);
    if (fold.revision !== 'none') this.folds.set(stream, fold);
    return fold;
  }

  /** A repeat finds its own events in the stream and answers from them. */
  private async repeat<State, E extends DomainEvent>(
    decider: Folder<State, E>,
    stream: string,
    meta: CommandMeta,
    requestHash: string,
  ): Promise<Outcome<E>> {
    if (requestHash !== meta.requestHash)
      throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'conflict', 'This idempotency key was used for another request.', {
        remedy: 'Send a new key for a new request, or the first request unchanged.',
      });
    const { events } = await this.store.load(stream);
    const own = events
      .map((event) => this.decode(decider, event))
      .filter(({ metadata }) => metadata.commandId === meta.commandId);
    const last = own.at(-1);
    if (!last) throw new Error(`${stream} lost the events of command ${meta.commandId}`);
    return { stream, revision: last.revision, position: last.position, events: own, repeated: true };
  }

  private decode<State, E extends DomainEvent>(decider: Folder<State, E>, event: StoredEvent): LoggedEvent<E> {
    const catalogue = this.catalogues.get(decider) ?? catalogueOf(...decider.events);
    this.catalogues.set(decider, catalogue);
    return decode(catalogue, event) as LoggedEvent<E>;
  }
}

type Folder<State, E extends DomainEvent> = Pick<
  Decider<State, never, E, never>,
  'category' | 'events' | 'initialState' | 'evolve'
>;

/** Refuses where the stream is not at the revision that the caller saw. */
export const insistOn = (expected: bigint, actual: Revision): void => {
  if (expected === actual) return;
  throw new Refusal('CHANGED_MEANWHILE', 'stale', 'This was changed since you read it.', {
    remedy: 'Read it again, look at what changed, and send the request with the new ETag under a new key.',
  });
};

const nothingFolded = <State>(state: State): Folded<State> => ({
  state,
  revision: 'none',
  recordedAt: undefined,
  commands: new Map(),
});

/** Folds one more event. The map of commands is carried along, not copied: a long stream would pay for it squared. */
const folder =
  <State, E extends DomainEvent>({ evolve }: Folder<State, E>) =>
  ({ state, commands }: Folded<State>, event: LoggedEvent<E>): Folded<State> => ({
    state: evolve(state, event, { ...event.metadata, id: event.id }),
    revision: event.revision,
    recordedAt: event.metadata.recordedAt,
    commands: commands.set(event.metadata.commandId, event.metadata.requestHash),
  });

/**
 * Turns a decided event into one to append. The id holds the instant beside command, stream and index, so that a
 * command decided anew at a later instant never passes for the earlier decision: the store compares ids, not contents.
 */
const stamp =
  (
    {
      category,
      version,
      events,
    }: { category: string; version: number; events: Decider<never, never, DomainEvent, never>['events'] },
    stream: string,
    meta: CommandMeta,
    now: Instant,
  ) =>
  ({ type, data, occurredAt }: DomainEvent, index: number): NewEvent => {
    const definition = events.find((candidate) => candidate.type === type);
    if (!definition) throw new Error(`${category} decided ${type}, which it does not define`);
    const metadata: EventMetadata = {
      $correlationId: meta.correlationId,
      $causationId: meta.causationId ?? meta.commandId,
      actor: meta.actor,
      commandId: meta.commandId,
      requestHash: meta.requestHash,
      occurredAt: occurredAt ?? meta.occurredAt ?? now,
      recordedAt: now,
      ...(meta.policyVersion === undefined ? {} : { policyVersion: meta.policyVersion }),
      decider: `${category}@${version}`,
      schemaVersion: definition.schemaVersion,
    };
    return {
      id: deriveId(meta.commandId, stream, index.toString(), now),
      type,
      data: definition.schema.parse(data),
      metadata,
    };
  };
