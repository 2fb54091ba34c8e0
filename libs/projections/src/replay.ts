import { comparePositions, type Position } from '@tempore/kernel';
import type { ClientBase } from 'pg';

import type { Database } from './database';
import { ProjectionError } from './errors';
import { interpret, type ParkedEvent } from './interpret';
import { isolating } from './isolate';
import type { Delivery, LogSource } from './log-source';
import { type PreparedView, prepareView } from './prepare';
import type { Projection } from './projection';
import { idOf, tableOf } from './tables';
import { type States, statesOf } from './states';
import { write } from './write';

export type TransactionWork = (tx: ClientBase) => Promise<void>;

/** A view projected into tables of its own, beside its worker and without a checkpoint: up to a place, and no further. */
export class Replay {
  position: Position | undefined;
  handled = 0n;
  readonly parked: ParkedEvent[] = [];
  private readonly parkedStreams = new Set<string>();
  private readonly prepared: PreparedView;
  private readonly states: States | undefined;

  constructor(
    private readonly view: Projection,
    private readonly source: LogSource,
    /** The schema that the tables are in. */
    private readonly into: Pick<Database, 'schema'>,
  ) {
    this.prepared = prepareView(view);
    this.states = statesOf(this.prepared, source);
  }

  /**
   * Projects everything at or before `target`, one transaction for each delivery as `inTransaction` makes them. Throws
   * `VIEW_STOPPED` at an event at which the view would stop.
   */
  async advance(
    target: Position,
    inTransaction: (work: TransactionWork) => Promise<void>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<void> {
    if (this.position && comparePositions(this.position, target) >= 0) return;
    const done = new AbortController();
    const deliveries = this.source.follow({ from: this.position, signal: AbortSignal.any([done.signal, signal]) });
    for await (const delivery of deliveries) {
      const part = upTo(target, delivery);
      await inTransaction((tx) => this.take(tx, part));
      if (part.caughtUp) break;
    }
    done.abort();
    signal.throwIfAborted();
    this.position = target;
  }

  private take(tx: ClientBase, delivery: Delivery): Promise<void> {
    return isolating(delivery, async ({ events, through }, failure) => {
      const { handled, parkedStreams } = this;
      const states = await this.states?.before(events, parkedStreams);
      const interpreted = interpret(this.prepared, { handled, parkedStreams, states }, events, failure);
      const { stoppedAt } = interpreted;
      if (stoppedAt)
        throw new ProjectionError(
          'VIEW_STOPPED',
          `${idOf(this.view)} stops at ${stoppedAt.event.type} ${stoppedAt.event.id}: ${stoppedAt.error}`,
        );
      await withinSavepoint(tx, () =>
        write(tx, this.prepared, interpreted, (table) => tableOf(this.into, this.view, table)),
      );
      for (const parked of interpreted.parked) {
        this.parked.push(parked);
        this.parkedStreams.add(parked.event.stream);
      }
      this.states?.keep(interpreted.folded);
      this.handled = interpreted.handled;
      this.position = through ?? this.position;
      return true;
    });
  }
}

/** What of a delivery is at or before the place; caught up when there can be no more. */
const upTo = (target: Position, { events, through, caughtUp }: Delivery): Delivery => {
  const isOver = (position: Position): boolean => comparePositions(position, target) > 0;
  const last = events.at(-1);
  const within = last && isOver(last.position) ? events.filter(({ position }) => !isOver(position)) : events;
  const isThere = through !== undefined && comparePositions(through, target) >= 0;
  return { events: within, through: within.at(-1)?.position, caughtUp: caughtUp || isThere };
};

const withinSavepoint = async (tx: ClientBase, work: () => Promise<void>): Promise<void> => {
  await tx.query('savepoint part');
  try {
    await work();
  } catch (error) {
    await tx.query('rollback to savepoint part');
    throw error;
  }
  await tx.query('release savepoint part');
};
