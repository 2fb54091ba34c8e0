import { createHash } from 'node:crypto';

import { type ClientBase, escapeIdentifier, type QueryConfig } from 'pg';

import type { Column } from './columns';
import type { Collapsed, EncodedRow, Layout, Layouts, RowChange } from './collapse';

/** Rows in one statement: enough to make the statement's own cost vanish, few enough to keep its text small. */
const ROWS_PER_STATEMENT = 5_000;

/** A change of many rows of one table, as SQL whose first parameter is `$from`, done only where `when` holds. */
export interface Statement {
  readonly table: string;
  readonly sql: (from: number, when?: string) => string;
  readonly values: readonly string[];
}

/**
 * What a batch does, as one statement per table, kind of change and set of columns: tables as they are declared, which is
 * the order in which everybody locks them, and of one table in the order in which it has to be done.
 *
 * @param tableName the table as SQL has to name it
 */
export const statementsOf = (
  layouts: Layouts,
  collapsed: Collapsed,
  tableName: (table: string) => string,
): readonly Statement[] =>
  [...layouts].flatMap(([table, layout]) => {
    const changes = collapsed.get(table);
    if (!changes) return [];
    return groupsOf(layout, changes.values()).flatMap((group) =>
      inChunks(group.rows).map((rows) => ({
        table,
        sql: (from, when) => statement(layout, tableName(table), group, from, when),
        values: group.columns.map(({ name, gather }) => gather(rows.map((row) => row[name] ?? null))),
      })),
    );
  });

const inChunks = (rows: readonly EncodedRow[]): readonly (readonly EncodedRow[])[] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_PER_STATEMENT) }, (_, index) =>
    rows.slice(index * ROWS_PER_STATEMENT, (index + 1) * ROWS_PER_STATEMENT),
  );

/** Does one after the other. */
export const flush = async (tx: ClientBase, statements: readonly Statement[]): Promise<void> => {
  for (const { sql, values } of statements) await tx.query(keptPrepared(sql(1), values));
};

/** SQL that the connection keeps prepared, where it is among the first that were met. */
export const keptPrepared = (text: string, values: readonly unknown[]): QueryConfig => {
  const name = statementName(text);
  return { ...(name !== undefined && { name }), text, values: [...values] };
};

type NamedColumn = Column & { readonly name: string };

interface Group {
  readonly op: RowChange['op'];
  readonly columns: readonly NamedColumn[];
  readonly rows: EncodedRow[];
}

const groupsOf = ({ columns }: Layout, changes: Iterable<RowChange>): Group[] => {
  const order = [...columns].map(([name, column]): NamedColumn => ({ name, ...column }));
  const groups: Group[] = [];
  let latest: Group | undefined;
  for (const change of changes) {
    if (change.op === 'patch' && Object.keys(change.set).length === 0) continue;
    const { op } = change;
    const row = op === 'put' ? change.row : op === 'remove' ? change.key : { ...change.key, ...change.set };
    const count = Object.keys(row).length;
    const isOfGroup = (group: Group): boolean =>
      group.op === op && group.columns.length === count && group.columns.every(({ name }) => name in row);
    // Rows of one kind mostly come in a row.
    if (!latest || !isOfGroup(latest)) {
      latest = groups.find(isOfGroup) ?? { op, columns: order.filter(({ name }) => name in row), rows: [] };
      if (latest.rows.length === 0) groups.push(latest);
    }
    latest.rows.push(row);
  }
  // A row leaves before another comes: an index on what they share is never in the way.
  const rank = { remove: 0, patch: 1, put: 2 };
  return groups.sort((a, b) => rank[a.op] - rank[b.op]);
};

const quoted = escapeIdentifier;

const statement = (
  { table, columns }: Layout,
  into: string,
  { op, columns: named }: Group,
  from: number,
  when?: string,
): string => {
  const isKey = ({ name }: Pick<NamedColumn, 'name'>): boolean => table.key.includes(name);
  const list = named.map(({ name }) => quoted(name)).join(', ');
  const sets = named.map(({ spread }, index) => spread(`$${index + from}`)).join(', ');
  const source = `rows from (${sets}) as u (${list})`;
  const taken = ({ name, take }: NamedColumn): string => take(`u.${quoted(name)}`);
  const assigned = (column: NamedColumn): string => `${quoted(column.name)} = ${taken(column)}`;
  const sameKey = named
    .filter(isKey)
    .map((column) => `t.${assigned(column)}`)
    .join(' and ');
  const also = when === undefined ? '' : ` and ${when}`;
  switch (op) {
    case 'remove':
      return `delete from ${into} t using ${source} where ${sameKey}${also}`;
    case 'patch': {
      const set = named.filter((column) => !isKey(column)).map(assigned);
      return `update ${into} t set ${set.join(', ')} from ${source} where ${sameKey}${also}`;
    }
    case 'put': {
      const others = [...columns.keys()].filter((name) => !isKey({ name }));
      const set = others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`);
      return (
        `insert into ${into} (${list}) select ${named.map(taken).join(', ')} from ${source} where true${also} ` +
        `on conflict (${table.key.map(quoted).join(', ')}) ` +
        (set.length > 0 ? `do update set ${set.join(', ')}` : 'do nothing')
      );
    }
  }
};

const names = new Map<string, string>();
/** Every connection keeps each of them: what comes together rarely is not worth that. */
const MAX_PREPARED = 300;

/** A name under which the connection keeps the statement prepared; undefined where it has enough of them. */
const statementName = (sql: string): string | undefined => {
  const known = names.get(sql);
  if (known !== undefined || names.size >= MAX_PREPARED) return known;
  const name = `flush_${createHash('sha256').update(sql).digest('hex').slice(0, 40)}`;
  names.set(sql, name);
  return name;
};
