import { setTimeout as sleep } from 'node:timers/promises';

import {
  catalogueOf,
  type Command,
  type Decider,
  type DecisionContext,
  decode,
  deriveId,
  type DomainEvent,
  type EventCatalogue,
  type Fold,
  type Instant,
  laterOf,
  type LoggedEvent,
  type Position,
  Refusal,
  type StoredEvent,
} from '@tempore/kernel';
import { LRUCache } from 'lru-cache';

import { backOff } from './back-off';
import { AppendRefused, RevisionConflict, StoreUnavailable } from './errors';
import { type Folded, foldOn, nothingFolded } from './fold';
import type { EventStore, NewEvent, Revision } from './port';
import { authorOf, type CommandMeta, NOBODY, stamp, stampDue } from './stamp';
import { Turns } from './turns';

/** What a stream amounts to, and as of which revision. */
export interface StreamState<State> {
  readonly state: State;
  readonly revision: Revision;
}

/** How a command ended. */
export interface Outcome<E extends DomainEvent, State = unknown> {
  readonly stream: string;
  readonly revision: Revision;
  /** Place of the last event that the command caused; absent where it caused none. */
  readonly position?: Position;
  /** The command's own events, also when it had been carried out before. */
  readonly events: readonly Omit<LoggedEvent<E>, 'position'>[];
  /** The command had been carried out before. */
  readonly repeated: boolean;
  /** The stream as it stood once the command had been carried out; for a repeat, as it stands now. */
  readonly after: StreamState<State>;
}

type ContextOf<Context extends DecisionContext> = Omit<Context, keyof DecisionContext>;

export interface RunnerSettings {
  /**
   * About how many bytes of folds are kept in memory, those of the streams that were used last; each saves the read before
   * a decision.
   */
  readonly cachedBytes?: number;
  /**
   * How long a command may wait, in milliseconds: for those before it on its stream, and while others keep appending
   * first.
   */
  readonly maxWaitMs?: number;
}

/**
 * Runs any command of any decider: fold the stream, decide, append at the revision that was folded, decide anew where
 * somebody else was first. Commands of this process on one stream queue, so that only other processes conflict.
 */
export class CommandRunner {
  private readonly turns = new Turns();
  private readonly folds: LRUCache<string, { readonly evolve: unknown; readonly fold: Folded<unknown> }>;
  /** Readings that have not begun: whoever asks before they do is answered by them. */
  private readonly readings = new Map<string, { readonly evolve: unknown; readonly fold: Promise<Folded<unknown>> }>();
  private readonly catalogues = new WeakMap<object, EventCatalogue>();
  private readonly maxWaitMs: number;

  constructor(
    private readonly store: EventStore,
    { cachedBytes = 64 * 1024 * 1024, maxWaitMs = 20_000 }: RunnerSettings = {},
  ) {
    this.folds = new LRUCache({ maxSize: cachedBytes, sizeCalculation: ({ fold }) => Math.max(1, fold.size) });
    this.maxWaitMs = maxWaitMs;
  }

  /**
   * Carries out a command once, however often it is sent. Throws the decider's `Refusal`, `IDEMPOTENCY_KEY_REUSED`
   * where the same command id came with another request, `CHANGED_MEANWHILE` where the stream is not at the revision
   * that was insisted on, or `StoreUnavailable` where the outcome is unknown.
   */
  run<State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
    decider: Decider<State, C, E, Context>,
    id: string,
    command: C,
    meta: CommandMeta,
    context: ContextOf<Context>,
  ): Promise<Outcome<E, State>> {
    const stream = `${decider.category}-${id}`;
    return this.inTurn(stream, (end) => this.carryOut(decider, stream, command, meta, context, end));
  }

  /** Puts on record what fell due on a stream by itself, and nothing else. For timers. */
  async settle<State, E extends DomainEvent>(
    decider: Decider<State, never, E, never>,
    id: string,
    now: Instant,
  ): Promise<void> {
    const idle = { ...decider, decide: (): readonly E[] => [] };
    const commandId = deriveId('settle', decider.category, id, now);
    const meta = { commandId, requestHash: '', actor: NOBODY, now, correlationId: commandId };
    await this.run(idle, id, { type: 'settle', data: null }, meta, {});
  }

  /**
   * Folds a stream as it stands in the log now. Those who wait for their turn share one reading, which begins after they
   * have all asked: else many requests of one partner would each wait for the readings of all before it.
   */
  async read<State, E extends DomainEvent>(decider: Fold<State, E>, id: string): Promise<StreamState<State>> {
    const stream = `${decider.category}-${id}`;
    const next = this.readings.get(stream);
    if (next?.evolve === decider.evolve) return next.fold as Promise<Folded<State>>;
    const waits = this.turns.has(stream);
    const fold = this.inTurn(
      stream,
      () => this.catchUp(decider, stream),
      () => this.readings.delete(stream),
    );
    if (waits) this.readings.set(stream, { evolve: decider.evolve, fold });
    return fold;
  }

  /**
   * The state of a stream as this process knows it from its last command or reading here; read where it knows nothing.
   * Others may have gone on since: only for what never changes again.
   */
  async recall<State, E extends DomainEvent>(decider: Fold<State, E>, id: string): Promise<State> {
    const known = this.remembered(decider, `${decider.category}-${id}`);
    return known && known.revision !== 'none' ? known.state : (await this.read(decider, id)).state;
  }

  /** What waits behind a store that does not answer is given up with it, not tried for as long again. */
  private inTurn<T>(stream: string, work: (end: number) => Promise<T>, onTurn?: () => unknown): Promise<T> {
    const end = performance.now() + this.maxWaitMs;
    return this.turns.take(stream, () => {
      onTurn?.();
      if (performance.now() <= end) return work(end);
      throw new StoreUnavailable(`${stream} was busy for ${this.maxWaitMs} ms; this command was not tried`);
    });
  }

  private async carryOut<State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
    decider: Decider<State, C, E, Context>,
    stream: string,
    command: C,
    meta: CommandMeta,
    context: ContextOf<Context>,
    end: number,
  ): Promise<Outcome<E, State>> {
    const attempt = (fold: Folded<State>): Promise<Outcome<E, State>> =>
      this.attempt(decider, stream, fold, command, meta, context);
    // What is remembered may lag behind the log, and what is unknown is mostly new: the store says so to an append where
    // it is not; a "no", "nothing to do" or "cannot be" needs a look.
    const guess = this.remembered(decider, stream) ?? nothingFolded(decider.initialState);
    let conflictAt: Revision | undefined;
    try {
      const outcome = await attempt(guess);
      if (outcome.events.length > 0) return outcome;
    } catch (error) {
      if (error instanceof StoreUnavailable || error instanceof AppendRefused) throw error;
      if (error instanceof RevisionConflict) conflictAt = guess.revision;
    }
    for (const pauses = backOff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS); ;) {
      const fold = await this.catchUpBehind(decider, stream, conflictAt, pauses, end);
      try {
        return await attempt(fold);
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error;
        conflictAt = fold.revision;
      }
      if (performance.now() > end)
        throw new StoreUnavailable(
          `others kept changing ${stream} for ${this.maxWaitMs} ms; this command changed nothing`,
        );
    }
  }

  /**
   * Reads what came since the stream was folded last. A leader refuses an append for what it has not replicated yet, and
   * until then no read shows it: where nothing is new behind a conflict, that is waited for, a little longer each time.
   */
  private async catchUpBehind<State, E extends DomainEvent>(
    decider: Fold<State, E>,
    stream: string,
    conflictAt: Revision | undefined,
    pauses: Iterator<number, never>,
    end: number,
  ): Promise<Folded<State>> {
    const fold = await this.catchUp(decider, stream);
    if (fold.revision !== conflictAt) return fold;
    await sleep(Math.max(0, Math.min(pauses.next().value, end - performance.now())));
    return this.catchUp(decider, stream);
  }

  private async attempt<State, C extends Command, E extends DomainEvent, Context extends DecisionContext>(
    decider: Decider<State, C, E, Context>,
    stream: string,
    fold: Folded<State>,
    command: C,
    meta: CommandMeta,
    context: ContextOf<Context>,
  ): Promise<Outcome<E, State>> {
    const earlier = fold.commands.get(meta.commandId);
    if (earlier !== undefined) return this.repeat(decider, stream, meta, earlier);
    if (meta.ifRevision !== undefined) insistOn(meta.ifRevision, fold.revision);
    const now = fold.recordedAt ? laterOf(meta.now, fold.recordedAt) : meta.now;
    const due = stampDue(authorOf(decider, fold.state), stream, now, decider.settle?.(fold.state, now) ?? []);
    const settled = this.foldDue(decider, stream, fold, due);
    // The caller's part and the common part are together what the decider asked for.
    const whole = { ...context, now, actor: meta.actor } as unknown as Context;
    const decide = (): NewEvent[] =>
      stamp(authorOf(decider, settled), stream, meta, now, decider.decide(command, settled, whole));
    const own = await orElse(decide, async (refusal) => {
      // What fell due did so whatever becomes of the command.
      await this.append(decider, stream, fold, due);
      throw refusal;
    });
    const { after, position, logged } = await this.append(decider, stream, fold, [...due, ...own]);
    const events = logged.slice(due.length);
    const { revision } = after;
    return { stream, revision, ...(position && { position }), events, repeated: false, after: standOf(after) };
  }

  private foldDue<State, E extends DomainEvent>(
    decider: Fold<State, E>,
    stream: string,
    { state, revision }: Folded<State>,
    due: readonly NewEvent[],
  ): State {
    const at = revision === 'none' ? 0n : revision + 1n;
    return due
      .map((event, index) => logged<E>(event, stream, at + BigInt(index), NOWHERE))
      .reduce((folded, event) => decider.evolve(folded, event, { ...event.metadata, id: event.id }), state);
  }

  private async append<State, E extends DomainEvent>(
    decider: Fold<State, E>,
    stream: string,
    fold: Folded<State>,
    [head, ...tail]: readonly NewEvent[],
  ): Promise<{ after: Folded<State>; position?: Position; logged: LoggedEvent<E>[] }> {
    if (!head) return { after: fold, logged: [] };
    const events = [head, ...tail] as const;
    const { revision, position } = await this.store.append(stream, fold.revision, events);
    const first = revision - BigInt(events.length - 1);
    const appended = events.map((event, index) => logged<E>(event, stream, first + BigInt(index), position));
    const after = foldOn(decider, fold, appended);
    this.remember(decider, stream, after);
    return { after, position, logged: appended };
  }

  /** A repeat finds its own events in the stream and answers from them. */
  private async repeat<State, E extends DomainEvent>(
    decider: Fold<State, E>,
    stream: string,
    meta: CommandMeta,
    requestHash: string,
  ): Promise<Outcome<E, State>> {
    if (requestHash !== meta.requestHash)
      throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'conflict', 'This idempotency key was used for another request.', {
        remedy: 'Send a new key for a new request, or the first request unchanged.',
      });
    const events = (await this.store.load(stream)).events.map((event) => this.decode(decider, event));
    const own = events.filter(({ metadata }) => metadata.commandId === meta.commandId);
    const last = own.at(-1);
    if (!last) throw new Error(`${stream} lost the events of command ${meta.commandId}`);
    const { revision, position } = last;
    const after = standOf(foldOn(decider, nothingFolded(decider.initialState), events));
    return { stream, revision, position, events: own, repeated: true, after };
  }

  /** Reads what came since the stream was folded last. */
  private async catchUp<State, E extends DomainEvent>(decider: Fold<State, E>, stream: string): Promise<Folded<State>> {
    const known = this.remembered(decider, stream) ?? nothingFolded(decider.initialState);
    const { events } = await this.store.load(stream, known.revision === 'none' ? 0n : known.revision + 1n);
    if (events.length === 0) return known;
    const fold = foldOn(
      decider,
      known,
      events.map((event) => this.decode(decider, event)),
    );
    this.remember(decider, stream, fold);
    return fold;
  }

  /** A fold serves only the decider that made it: another may fold the same stream to something else. */
  private remembered<State, E extends DomainEvent>(
    { evolve }: Fold<State, E>,
    stream: string,
  ): Folded<State> | undefined {
    const known = this.folds.get(stream);
    return known?.evolve === evolve ? (known.fold as Folded<State>) : undefined;
  }

  private remember<State, E extends DomainEvent>(
    { evolve }: Fold<State, E>,
    stream: string,
    fold: Folded<State>,
  ): void {
    this.folds.set(stream, { evolve, fold });
  }

  private decode<State, E extends DomainEvent>(decider: Fold<State, E>, event: StoredEvent): LoggedEvent<E> {
    const catalogue = this.catalogues.get(decider) ?? catalogueOf(...decider.events);
    this.catalogues.set(decider, catalogue);
    return decode(catalogue, event) as LoggedEvent<E>;
  }
}

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

/** Of events that are decided and not appended yet. */
const NOWHERE: Position = { commit: 0n, prepare: 0n };

/** A stamped event as the log has it: its content was checked when it was stamped. */
const logged = <E extends DomainEvent>(
  { id, type, data, metadata }: NewEvent,
  stream: string,
  revision: bigint,
  position: Position,
): LoggedEvent<E> =>
  ({ type, data, occurredAt: metadata.occurredAt, stream, revision, id, metadata, position }) as LoggedEvent<E>;

const standOf = <State>({ state, revision }: Folded<State>): StreamState<State> => ({ state, revision });

/** What a decision gives, or what is done about its refusal. */
const orElse = async <T>(decide: () => T, onRefusal: (refusal: Refusal) => Promise<T>): Promise<T> => {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal) return onRefusal(error);
    throw error;
  }
};

/** Refuses where the stream is not at the revision that the caller saw. */
export const insistOn = (expected: bigint, actual: Revision): void => {
  if (expected === actual) return;
  throw new Refusal('CHANGED_MEANWHILE', 'stale', 'This was changed since you read it.', {
    remedy: 'Read it again, look at what changed, and send the request with the new ETag under a new key.',
  });
};
