import type { EventCatalogue, LoggedEvent, StoredEvent } from '@tempore/kernel';
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
  | { readonly op: 'put'; readonly table: string; readonly row: Row }
  | { readonly op: 'patch'; readonly table: string; readonly key: Row; readonly set: Row }
  | { readonly op: 'remove'; readonly table: string; readonly key: Row };

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

export type Projection = EventView | RawView;

export const put = (table: string, row: Row): Change => ({ op: 'put', table, row });
export const patch = (table: string, key: Row, set: Row): Change => ({ op: 'patch', table, key, set });
export const remove = (table: string, key: Row): Change => ({ op: 'remove', table, key });
