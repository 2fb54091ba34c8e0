import { createHash } from 'node:crypto';

import { escapeIdentifier } from 'pg';

import type { ViewVersion } from './checkpoint';
import { columnOf } from './columns';
import { type Database, qualified, type Queryable, unhurried } from './database';
import { ProjectionError } from './errors';
import type { Projection } from './projection';
import { ENGINE_TABLES } from './schema';

const NAME = /^[a-z][a-z0-9_]*$/;

/** Throws `VIEW_MALFORMED`, naming view, table and column, where a declaration could not be built or written to. */
export const checkDeclaration = (view: Projection): void => {
  const refuse = (what: string): never => {
    throw new ProjectionError('VIEW_MALFORMED', `view ${idOf(view)}: ${what}`);
  };
  if (!NAME.test(view.name)) refuse('its name may hold lower-case letters, digits and underscores');
  if (!Number.isSafeInteger(view.version) || view.version < 1) refuse('its version must be a whole number from 1');
  const seen = new Set<string>(ENGINE_TABLES);
  for (const { name, columns, key } of view.tables) {
    if (!NAME.test(name)) refuse(`table "${name}": its name may hold lower-case letters, digits and underscores`);
    if (seen.has(name)) refuse(`table "${name}": the name is taken`);
    seen.add(name);
    for (const [column, definition] of Object.entries(columns)) columnOf(`${name}.${column}`, definition);
    for (const column of key)
      if (!(column in columns)) refuse(`table "${name}": key column "${column}" is not declared`);
  }
};

/** `deals@1`. */
export const idOf = ({ name, version }: ViewVersion): string => `${name}@${version}`;

export const tableNames = (view: Projection): string[] => view.tables.map(({ name }) => name);

/** `rm_deal_v1`: the table behind the name that readers use. */
export const versionedName = (table: string, version: number): string => `rm_${table}_v${version}`;

/** The table of a version as SQL has to name it: `"rm"."rm_deal_v1"`. */
export const tableOf = (
  database: Pick<Database, 'schema'>,
  { version }: Pick<Projection, 'version'>,
  table: string,
): string => qualified(database, versionedName(table, version));

/**
 * Changes with anything that Postgres is told of the tables, and with the rules by which a view of states fills them: the
 * same version with others is refused.
 */
export const fingerprint = (view: Projection): string =>
  createHash('sha256')
    .update('rules' in view ? `${view.rules} ` : '')
    .update(
      JSON.stringify(
        view.tables.map(({ name, columns, key, indexes = [], earlyIndexes }) => [
          name,
          Object.entries(columns),
          key,
          indexes,
          ...(earlyIndexes ? [earlyIndexes] : []),
        ]),
      ),
    )
    .digest('hex');

export const createTables = async (
  tx: Queryable,
  database: Pick<Database, 'schema'>,
  view: Projection,
): Promise<void> => {
  for (const table of view.tables) {
    const columns = Object.entries(table.columns).map(([column, type]) => `${escapeIdentifier(column)} ${type}`);
    const key = table.key.map(escapeIdentifier).join(', ');
    await tx.query(`create table ${tableOf(database, view, table.name)} (${columns.join(', ')}, primary key (${key}))`);
    for (const index of table.earlyIndexes ?? [])
      await tx.query(`create index on ${tableOf(database, view, table.name)} ${index}`);
  }
};

export const createIndexes = async (
  tx: Queryable,
  database: Pick<Database, 'schema'>,
  view: Projection,
): Promise<void> => {
  for (const { name, indexes = [] } of view.tables)
    for (const index of indexes) await tx.query(unhurried(`create index on ${tableOf(database, view, name)} ${index}`));
};

/**
 * Everybody takes locks in one order, or two wait for each other until the database gives one of them up: what readers
 * look through, table by table as declared; then the tables, as declared; then the checkpoint. So do readers (a query
 * takes the names that it says before what is behind them) and workers (rows before the checkpoint); whoever changes
 * more than rows hides the tables from readers first, or holds off those who write.
 */
export const holdOffWriters = async (
  tx: Queryable,
  database: Pick<Database, 'schema'>,
  { version, tables }: { readonly version: number; readonly tables: readonly string[] },
): Promise<void> => {
  const { rows } = await tx.query(
    `select name from unnest($1::text[]) with ordinality as t (name, n) where to_regclass(name) is not null order by n`,
    [tables.map((table) => tableOf(database, { version }, table))],
  );
  const names = (rows as { name: string }[]).map(({ name }) => name);
  if (names.length > 0) await tx.query(unhurried(`lock table ${names.join(', ')} in exclusive mode`));
};

/** Drops the tables of a version, and what readers see of them. Those of the live version are hidden from them first. */
export const dropTables = async (
  tx: Queryable,
  database: Pick<Database, 'schema'>,
  tables: readonly string[],
  version: number,
): Promise<void> => {
  for (const table of tables)
    await tx.query(unhurried(`drop table if exists ${tableOf(database, { version }, table)} cascade`));
};

/** Makes `rm.<table>` show this version; what it showed before was hidden. */
export const showTables = async (
  tx: Queryable,
  database: Pick<Database, 'schema'>,
  tables: readonly string[],
  version: number,
): Promise<void> => {
  for (const table of tables)
    await tx.query(
      `create view ${qualified(database, table)} as select * from ${tableOf(database, { version }, table)}`,
    );
};

/** Takes `rm.<table>` away from readers until `showTables`; whoever asks meanwhile waits for the transaction. */
export const hideTables = async (
  tx: Queryable,
  database: Pick<Database, 'schema'>,
  tables: readonly string[],
): Promise<void> => {
  for (const table of tables) await tx.query(`drop view if exists ${qualified(database, table)}`);
};
