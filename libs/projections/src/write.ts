import type { ClientBase } from 'pg';

import { flush, type Statement, statementsOf } from './flush';
import type { Interpreted } from './interpret';
import type { PreparedView } from './prepare';

/** Writes what a run of events does to the view's tables, which SQL has to name as `tableName` says. */
export const write = async (
  tx: ClientBase,
  { view, layouts }: PreparedView,
  { rows, changes }: Interpreted,
  tableName: (table: string) => string,
): Promise<void> => {
  await flush(tx, statementsOf(layouts, rows, tableName));
  if (changes.length > 0) await view.settle?.(tx, changes, tableName);
};

/**
 * What may be written in one statement with the checkpoint, which saves a round trip for each step of a transaction;
 * undefined where something has to come after something else.
 */
export const writesAtOnce = (
  { layouts }: PreparedView,
  { rows, changes, parked }: Interpreted,
  tableName: (table: string) => string,
): readonly Statement[] | undefined => {
  if (changes.length > 0 || parked.length > 0) return undefined;
  const statements = statementsOf(layouts, rows, tableName);
  const tables = new Set(statements.map(({ table }) => table));
  return tables.size === statements.length ? statements : undefined;
};
