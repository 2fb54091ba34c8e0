import type { Position, StoredEvent } from '@tempore/kernel';

import { type Reached, saveCheckpoint } from './checkpoint';
import { inTransaction, type Queryable, qualified } from './database';
import { LeaseLost } from './errors';
import type { Statement } from './flush';
import { interpret, type Interpreted } from './interpret';
import { isolating } from './isolate';
import type { Lease } from './lease';
import type { Delivery } from './log-source';
import { park } from './parked';
import { type States, statesOf } from './states';
import { createIndexes, idOf, tableNames, tableOf } from './tables';
import type { WorkerContext } from './worker-context';
import { write, writesAtOnce } from './write';

/** One worker's time with a view: what it holds in memory is what it has committed or passed by. */
export class Run {
  stopped = false;
  /** Where the checkpoint stands. */
  private saved: Position | undefined;
  private savedAt = performance.now();
  /** How far the view is: behind it lies what is saved, and what changed nothing and is not saved yet. */
  private position: Position | undefined;
  private handled: bigint;
  private last: StoredEvent | undefined;
  /** When what was passed has to be saved at the latest. */
  private dueAt = Infinity;
  private status: Reached['status'] = 'building';
  private isIndexed: boolean;
  /** As of what is committed or passed by, never further: whatever else ends this run ends them. */
  private readonly states: States | undefined;

  constructor(
    private readonly context: WorkerContext,
    private readonly lease: Lease,
    private readonly parkedStreams: Set<string>,
  ) {
    this.saved = this.position = lease.position;
    this.handled = lease.handled;
    this.isIndexed = lease.isIndexed;
    this.states = statesOf(context.prepared, context.source);
  }

  /** How long nothing more need come before what was passed is saved. */
  patience(): { readonly timeoutMs?: number } {
    return this.dueAt === Infinity ? {} : { timeoutMs: this.dueAt - performance.now() };
  }

  /** Commits a delivery, or as much of it as there is before the view has to stop. */
  async handle(delivery: Delivery): Promise<void> {
    if (delivery.caughtUp && !this.isIndexed) await this.index();
    await isolating(delivery, async (part, failure) => {
      const { handled, parkedStreams } = this;
      const states = await this.states?.before(part.events, parkedStreams);
      const interpreted = interpret(this.context.prepared, { handled, parkedStreams, states }, part.events, failure);
      if (this.changesNothing(interpreted, part)) this.pass(interpreted, part);
      else await this.commit(interpreted, part);
      this.states?.keep(interpreted.folded);
      return !this.stopped;
    });
  }

  /** Saves how far the view has come by passing what changes nothing, where that is due. */
  async saveIfDue(): Promise<void> {
    if (this.dueAt > performance.now()) return;
    const { position, handled, last, status } = this;
    const reached = { position, handled, lastEventAt: last && recordedAt(last), status };
    await this.saveCheckpoint(this.context.database.pool, reached);
    this.hasSaved(reached);
  }

  private changesNothing({ rows, parked, stoppedAt }: Interpreted, { caughtUp }: Delivery): boolean {
    return rows.size === 0 && parked.length === 0 && !stoppedAt && (!caughtUp || this.status === 'running');
  }

  /**
   * Nobody waits long for what a view only passes, and of ten views most pass most events: a transaction each would
   * hold up those that have something to write. For notices of what others do nobody waits at all.
   */
  private pass({ handled, last }: Interpreted, { events, through }: Delivery): void {
    const { passingMs, quietMs } = this.context.settings;
    this.position = through;
    this.handled = handled;
    this.last = last ?? this.last;
    this.dueAt = Math.min(this.dueAt, events.length > 0 ? performance.now() + passingMs : this.savedAt + quietMs);
  }

  /** Makes the indexes when the bulk of the rows is there: much less work than keeping them up row by row. */
  private async index(): Promise<void> {
    const { database, prepared } = this.context;
    const { name, version, token } = this.lease;
    await inTransaction(database.pool, async (tx) => {
      await createIndexes(tx, database, prepared.view);
      const { rowCount } = await tx.query(
        `update ${qualified(database, 'checkpoints')} set is_indexed = true
         where view = $1 and version = $2 and token = $3`,
        [name, version, token.toString()],
      );
      if (rowCount !== 1) throw new LeaseLost(`${idOf(this.lease)} was taken over while its indexes were made`);
    });
    this.isIndexed = true;
  }

  private async commit(interpreted: Interpreted, { through, caughtUp }: Delivery): Promise<void> {
    const { database, prepared, settings } = this.context;
    const { parked, handled, stoppedAt, before } = interpreted;
    this.last = interpreted.last ?? this.last;
    const reached: Reached = {
      position: stoppedAt ? (before ?? this.position) : through,
      handled,
      lastEventAt: this.last && recordedAt(this.last),
      status: stoppedAt ? 'stopped' : caughtUp ? 'running' : this.status,
      error: stoppedAt && `${stoppedAt.event.type} ${stoppedAt.event.id}: ${stoppedAt.error}`,
    };
    const tableName = (table: string): string => tableOf(database, prepared.view, table);
    const atOnce = writesAtOnce(prepared, interpreted, tableName);
    if (atOnce) await this.saveCheckpoint(database.pool, reached, atOnce);
    else
      await inTransaction(
        database.pool,
        async (tx) => {
          await write(tx, prepared, interpreted, tableName);
          await park(tx, database, prepared.view, parked);
          await this.saveCheckpoint(tx, reached);
        },
        // A worker that hangs amid its transaction must not hold rows longer than its lease.
        // All of its tables at first, in the order in which everybody takes them: rows come in another.
        `begin; set local idle_in_transaction_session_timeout = ${Math.ceil(settings.leaseMs)};
         lock table ${tableNames(prepared.view).map(tableName).join(', ')} in row exclusive mode`,
      );
    this.hasSaved(reached);
    this.tellOf(parked, reached);
  }

  private saveCheckpoint(tx: Queryable, reached: Reached, together?: readonly Statement[]): Promise<void> {
    const { database, settings } = this.context;
    return saveCheckpoint(tx, database, { ...this.lease, position: this.saved }, reached, settings.leaseMs, together);
  }

  private hasSaved({ position, handled, status }: Reached): void {
    this.saved = this.position = position;
    this.handled = handled;
    this.status = status;
    this.savedAt = performance.now();
    this.dueAt = Infinity;
  }

  private tellOf(parked: Interpreted['parked'], { error }: Reached): void {
    const { prepared, tell } = this.context;
    const view = idOf(prepared.view);
    for (const { event, error: reason } of parked) {
      this.parkedStreams.add(event.stream);
      if (reason !== null) tell({ kind: 'parked', view, stream: event.stream, error: reason });
    }
    if (error === undefined) return;
    this.stopped = true;
    tell({ kind: 'stopped', view, error });
  }
}

/** Read leniently: an event whose metadata is unreadable still goes its way through the view. */
const recordedAt = ({ metadata }: StoredEvent): string | undefined => {
  if (typeof metadata !== 'object' || metadata === null || !('recordedAt' in metadata)) return undefined;
  const { recordedAt: at } = metadata;
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : undefined;
};
