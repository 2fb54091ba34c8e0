import { createHash } from 'node:crypto';

import { escapeIdentifier, type ClientBase } from 'pg';

import { arrayLiteral } from './columns';
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
          values: group.columns.map((column) => arrayLiteral(rows.map((row) => row[column] ?? null))),
        });
      }
    }
  }
};

interface Group {
  readonly op: RowChange['op'];
  readonly columns: readonly string[];
  readonly rows: EncodedRow[];
}

const groupsOf = ({ columns }: Layout, changes: Iterable<RowChange>): Group[] => {
  const order = [...columns.keys()];
  const groups: Group[] = [];
  let latest: Group | undefined;
  for (const change of changes) {
    if (change.op === 'patch' && Object.keys(change.set).length === 0) continue;
    const { op } = change;
    const row = op === 'put' ? change.row : op === 'remove' ? change.key : { ...change.key, ...change.set };
    const count = Object.keys(row).length;
    const isOfGroup = (group: Group): boolean =>
      group.op === op && group.columns.length === count && group.columns.every((column) => column in row);
    // Rows of one kind mostly come in a row.
    if (!latest || !isOfGroup(latest)) {
      latest = groups.find(isOfGroup) ?? { op, columns: order.filter((column) => column in row), rows: [] };
      if (latest.rows.length === 0) groups.push(latest);
    }
    latest.rows.push(row);
  }
  // A row leaves before another comes: an index on what they share is never in the way.
  const rank = { remove: 0, patch: 1, put: 2 };
  return groups.sort((a, b) => rank[a.op] - rank[b.op]);
};

const statement = ({ table, columns }: Layout, name: string, { op, columns: named }: Group): string => {
  const quoted = named.map(escapeIdentifier);
  const parameters = named.map((column, index) => `$${index + 1}::${columns.get(column)?.parameter ?? 'text[]'}`);
  const source = `unnest(${parameters.join(', ')}) as u (${quoted.join(', ')})`;
  const taken = (column: string): string => `u.${escapeIdentifier(column)}${columns.get(column)?.cast ?? ''}`;
  const sameKey = table.key.map((column) => `t.${escapeIdentifier(column)} = ${taken(column)}`).join(' and ');
  switch (op) {
    case 'remove':
      return `delete from ${name} t using ${source} where ${sameKey}`;
    case 'patch': {
      const set = named
        .filter((column) => !table.key.includes(column))
        .map((column) => `${escapeIdentifier(column)} = ${taken(column)}`);
      return `update ${name} t set ${set.join(', ')} from ${source} where ${sameKey}`;
    }
    case 'put': {
      const set = [...columns.keys()]
        .filter((column) => !table.key.includes(column))
        .map((column) => `${escapeIdentifier(column)} = excluded.${escapeIdentifier(column)}`);
      const conflict = `on conflict (${table.key.map(escapeIdentifier).join(', ')})`;
      return (
        `insert into ${name} (${quoted.join(', ')}) select ${named.map(taken).join(', ')} from ${source} ` +
        `${conflict} do ${set.length > 0 ? `update set ${set.join(', ')}` : 'nothing'}`
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
