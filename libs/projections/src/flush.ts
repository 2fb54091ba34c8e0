import { createHash } from 'node:crypto';

import { escapeIdentifier, type ClientBase } from 'pg';

import type { Column } from './columns';
import type { Collapsed, EncodedRow, Layout, Layouts, RowChange } from './collapse';

/** Rows in one statement: enough to make the statement's own cost vanish, few enough to keep its text small. */
const ROWS_PER_STATEMENT = 5_000;

/**
 * Writes what a batch does, with one statement per table, kind of change and set of columns.
 *
 * @param tableName the table as SQL has to name it
 */
export const flush = async (
  tx: ClientBase,
  layouts: Layouts,
  collapsed: Collapsed,
  tableName: (table: string) => string,
): Promise<void> => {
  for (const [table, changes] of collapsed) {
    const layout = layouts.get(table);
    if (!layout) continue;
    for (const group of groupsOf(layout, changes.values())) {
      const sql = statement(layout, tableName(table), group);
      for (let at = 0; at < group.rows.length; at += ROWS_PER_STATEMENT) {
        const rows = group.rows.slice(at, at + ROWS_PER_STATEMENT);
        await tx.query({
          name: statementName(sql),
          text: sql,
          values: group.columns.map(({ name, gather }) => gather(rows.map((row) => row[name] ?? null))),
        });
      }
    }
  }
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

const statement = ({ table, columns }: Layout, into: string, { op, columns: named }: Group): string => {
  const isKey = ({ name }: Pick<NamedColumn, 'name'>): boolean => table.key.includes(name);
  const list = named.map(({ name }) => quoted(name)).join(', ');
  const sets = named.map(({ spread }, index) => spread(`$${index + 1}`)).join(', ');
  const source = `rows from (${sets}) as u (${list})`;
  const taken = ({ name, take }: NamedColumn): string => take(`u.${quoted(name)}`);
  const assigned = (column: NamedColumn): string => `${quoted(column.name)} = ${taken(column)}`;
  const sameKey = named
    .filter(isKey)
    .map((column) => `t.${assigned(column)}`)
    .join(' and ');
  switch (op) {
    case 'remove':
      return `delete from ${into} t using ${source} where ${sameKey}`;
    case 'patch': {
      const set = named.filter((column) => !isKey(column)).map(assigned);
      return `update ${into} t set ${set.join(', ')} from ${source} where ${sameKey}`;
    }
    case 'put': {
      const others = [...columns.keys()].filter((name) => !isKey({ name }));
      const set = others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`);
      return (
        `insert into ${into} (${list}) select ${named.map(taken).join(', ')} from ${source} ` +
        `on conflict (${table.key.map(quoted).join(', ')}) ` +
        (set.length > 0 ? `do update set ${set.join(', ')}` : 'do nothing')
      );
    }
  }
};

const names = new Map<string, string>();

/** A name under which the connection keeps the statement prepared. */
const statementName = (sql: string): string => {
  let name = names.get(sql);
  if (!name) names.set(sql, (name = `flush_${createHash('sha256').update(sql).digest('hex').slice(0, 40)}`));
  return name;
};
