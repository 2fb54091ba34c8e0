import type { ClientBase } from 'pg';

import { flush } from './flush';
import type { Interpreted } from './interpret';
import type { PreparedView } from './prepare';

/** Writes what a run of events does to the view's tables, which SQL has to name as `tableName` says. */
export const write = async (
  tx: ClientBase,
  { view, layouts }: PreparedView,
  { rows, changes }: Interpreted,
  tableName: (table: string) => string,
): Promise<void> => {
  await flush(tx, layouts, rows, tableName);
  if (changes.length > 0) await view.settle?.(tx, changes, tableName);
};
