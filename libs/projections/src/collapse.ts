import { columnOf, type Column } from './columns';
import type { Change, Row, Table } from './projection';

/** A row as it travels: every value in Postgres' own text. */
export type EncodedRow = Readonly<Record<string, string | null>>;

/** What is to become of one row after all changes of a batch. */
export type RowChange =
  | { readonly op: 'put'; readonly row: EncodedRow }
  | { readonly op: 'patch'; readonly key: EncodedRow; readonly set: EncodedRow }
  | { readonly op: 'remove'; readonly key: EncodedRow };

/** A table with its columns' encodings worked out. */
export interface Layout {
  readonly table: Table;
  readonly columns: ReadonlyMap<string, Column>;
}
export type Layouts = ReadonlyMap<string, Layout>;

export const layoutsOf = (tables: readonly Table[]): Layouts =>
  new Map(
    tables.map((table) => [
      table.name,
      {
        table,
        columns: new Map(
          Object.entries(table.columns).map(([name, type]) => [name, columnOf(`${table.name}.${name}`, type)]),
        ),
      },
    ]),
  );

/** One change, checked against the table's declaration, in Postgres' text. */
export interface EncodedChange {
  readonly table: string;
  readonly key: string;
  readonly change: RowChange;
}

/** Throws a TypeError that names table and column where a change does not fit the declaration. */
export const encodeChange = (layouts: Layouts, change: Change): EncodedChange => {
  const layout = layouts.get(change.table);
  if (!layout) throw new TypeError(`there is no table "${change.table}" in this view`);
  const { name, key } = layout.table;
  if (change.op === 'put') {
    const row = encodeRow(layout, change.row);
    return { table: name, key: keyText(layout, row), change: { op: 'put', row } };
  }
  const found = encodeRow(layout, change.key);
  const text = keyText(layout, found);
  if (Object.keys(found).length !== key.length)
    throw new TypeError(`a key of ${name} is ${key.join(', ')} and no more`);
  if (change.op === 'remove') return { table: name, key: text, change: { op: 'remove', key: found } };
  const set = encodeRow(layout, change.set);
  for (const column of key)
    if (column in set) throw new TypeError(`a patch cannot set ${name}.${column}: it is the key`);
  return { table: name, key: text, change: { op: 'patch', key: found, set } };
};

const encodeRow = ({ table, columns }: Layout, row: Row): EncodedRow => {
  const encoded: Record<string, string | null> = {};
  for (const name in row) {
    const column = columns.get(name);
    const value = row[name];
    if (!column || value === undefined)
      throw new TypeError(`${table.name}.${name} is ${column ? 'undefined; say null' : 'no column of this view'}`);
    encoded[name] = column.encode(value);
  }
  return encoded;
};

const keyText = ({ table: { name, key } }: Layout, row: EncodedRow): string => {
  let text = '';
  for (const column of key) {
    const value = row[column];
    if (value === undefined || value === null) throw new TypeError(`${name}.${column} is part of the key and missing`);
    text += `${value.length}:${value}`;
  }
  return text;
};

/** Whether two rows say the same. */
export const sameRow = ({ change: one }: EncodedChange, { change: other }: EncodedChange): boolean => {
  if (one.op !== 'put' || other.op !== 'put') return false;
  const names = Object.keys(one.row);
  return (
    names.length === Object.keys(other.row).length &&
    names.every((name) => name in other.row && one.row[name] === other.row[name])
  );
};

/** What takes away a row that was put. */
export const removalOf = (layouts: Layouts, { table, key, change }: EncodedChange): EncodedChange => {
  if (change.op !== 'put') throw new TypeError(`only a row that was put can be taken away from ${table}`);
  const columns = layouts.get(table)?.table.key ?? [];
  const named = Object.fromEntries(columns.map((column) => [column, change.row[column] ?? null]));
  return { table, key, change: { op: 'remove', key: named } };
};

/** What a batch does to each table, one change per row; rows are known by their key's text. */
export type Collapsed = Map<string, Map<string, RowChange>>;

export const collapseInto = (collapsed: Collapsed, { table, key, change }: EncodedChange): void => {
  let rows = collapsed.get(table);
  if (!rows) collapsed.set(table, (rows = new Map<string, RowChange>()));
  rows.set(key, combine(rows.get(key), change));
};

const combine = (earlier: RowChange | undefined, later: RowChange): RowChange => {
  if (!earlier || later.op !== 'patch' || earlier.op === 'remove')
    return earlier?.op === 'remove' && later.op === 'patch' ? earlier : later;
  return earlier.op === 'put'
    ? { op: 'put', row: { ...earlier.row, ...later.set } }
    : { op: 'patch', key: earlier.key, set: { ...earlier.set, ...later.set } };
};
