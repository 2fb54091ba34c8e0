import {
  catalogueOf,
  type DomainEvent,
  type EventCatalogue,
  type Fold,
  type LoggedEvent,
  type Recorded,
  type StoredEvent,
} from '@tempore/kernel';
import type { ClientBase } from 'pg';

/** What a column can hold as it goes to Postgres; objects and arrays go into `jsonb` columns. */
export type Value =
  string | number | bigint | boolean | null | readonly unknown[] | { readonly [key: string]: unknown };
export type Row = Readonly<Record<string, Value>>;

/** A table of a view: its columns in Postgres' words, and the columns by which a row is found. */
export interface Table {
  /** Without schema and version: `deal`. In the database it is `rm_deal_v1`. */
  readonly name: string;
  /** Column name to SQL type and constraints: `{ id: 'uuid not null', value: 'bigint' }`. */
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly [string, ...string[]];
  /** Index definitions behind `ON <table>`: `USING gin (name gin_trgm_ops)`, `(partner_id, stage)`. */
  readonly indexes?: readonly string[];
  /** Likewise, for what `settle` asks: these are there from the first row on, the others when the bulk of the rows is. */
  readonly earlyIndexes?: readonly string[];
}

/**
 * What an event does to one row. Absolute values only: a repeat changes nothing.
 *
 * `put` makes the row be exactly this (columns it does not name take their default), `patch` sets some columns of a
 * row and does nothing where there is none, `remove` deletes it.
 */
export type Change =
  | Put
  | { readonly op: 'patch'; readonly table: string; readonly key: Row; readonly set: Row }
  | { readonly op: 'remove'; readonly table: string; readonly key: Row };

/** Makes a row be exactly this. */
export interface Put {
  readonly op: 'put';
  readonly table: string;
  readonly row: Row;
}

interface View {
  /** One word for the view: `deals`. Its checkpoint is kept as `deals@1`. */
  readonly name: string;
  /** Raised with every change of tables or `project`: a new version is built beside the old one. */
  readonly version: number;
  readonly tables: readonly [Table, ...Table[]];
  /** What an event that cannot be projected does: parks its stream, or stops a view on which ownership or money rests. */
  readonly onPoison: 'park' | 'stop';
  /**
   * Runs after the rows of a batch were written, in the same transaction, for what only SQL can say. The answer must
   * not depend on where batches begin and end: a rebuild cuts them elsewhere.
   */
  readonly settle?: (tx: ClientBase, changed: readonly Change[], tableName: (table: string) => string) => Promise<void>;
}

/** A view over the event types of its catalogue; it passes over all others. */
export interface EventView extends View {
  readonly reads: EventCatalogue;
  /** Pure: one event to what it changes. `ordinal` counts the view's events from 1 in log order. */
  readonly project: (event: LoggedEvent, ordinal: bigint) => readonly Change[];
}

/** A view over every event as it is stored, readable or not. */
export interface RawView extends View {
  readonly reads: 'everything';
  /** Categories that are not the view's even where the log delivers them: their events take no ordinal. */
  readonly except?: readonly string[];
  readonly project: (event: StoredEvent, ordinal: bigint) => readonly Change[];
}

/** A stream as far as a view has read it. */
export interface StreamSeen {
  /** What stands behind the first dash of its name. */
  readonly id: string;
  readonly revision: bigint;
  /** Its first event, and its last one. */
  readonly first: Recorded;
  readonly last: Recorded;
}

/** One kind of stream, and every row that a stream of it comes to. Made by `rowsOf`. */
export interface StreamRows {
  readonly fold: Fold<unknown, DomainEvent>;
  readonly rows: (state: unknown, stream: StreamSeen) => readonly Put[];
}

/**
 * The rows of a stream, as a pure function of its state: those that it does not name any more go. Their keys are the
 * stream's own, so that no row is written by two.
 */
export const rowsOf = <State, E extends DomainEvent>(
  fold: Fold<State, E>,
  rows: (state: State, stream: StreamSeen) => readonly Put[],
): StreamRows => ({ fold: fold as unknown as Fold<unknown, DomainEvent>, rows: rows as StreamRows['rows'] });

/** A view that tells the states of streams, as the deciders fold them: no event is interpreted a second time. */
export interface StateView extends Omit<View, 'settle'> {
  readonly settle?: never;
  /** Every event type of its streams. */
  readonly reads: EventCatalogue;
  /** By category. */
  readonly streams: ReadonlyMap<string, StreamRows>;
  /**
   * Hash of what the folds make of the golden events: where a rule changes what rows say, this changes, and the version
   * has to be raised with it.
   */
  readonly rules: string;
}

/** Declares a view over these kinds of stream. */
export const stateView = ({
  streams,
  ...view
}: Omit<StateView, 'reads' | 'streams'> & { readonly streams: readonly StreamRows[] }): StateView => ({
  ...view,
  reads: catalogueOf(...streams.flatMap(({ fold }) => fold.events)),
  streams: new Map(streams.map((of) => [of.fold.category, of])),
});

export type Projection = EventView | RawView | StateView;

export const put = (table: string, row: Row): Put => ({ op: 'put', table, row });
export const patch = (table: string, key: Row, set: Row): Change => ({ op: 'patch', table, key, set });
export const remove = (table: string, key: Row): Change => ({ op: 'remove', table, key });
