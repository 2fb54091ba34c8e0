import type { Position } from '@tempore/kernel';

import { fromText, type ViewVersion, tellChanged } from './checkpoint';
import { type Database, inTransaction, qualified, type Queryable } from './database';
import { ProjectionError } from './errors';
import type { Projection } from './projection';
import {
  createIndexes,
  createTables,
  dropTables,
  fingerprint,
  hideTables,
  idOf,
  showTables,
  tableNames,
  tableOf,
} from './tables';

/**
 * Makes the tables and the checkpoint of a view's version where they are missing; the first version of a view is live
 * at once. Throws `CHECKPOINT_FOREIGN` where the rows come from another log, `VIEW_CHANGED` where the version was built
 * with other tables.
 */
export const ensureView = (database: Database, installation: string, view: Projection): Promise<void> =>
  inTransaction(database.pool, async (tx) => {
    await lockView(tx, database, view);
    const { rows } = await tx.query<{ installation: string; fingerprint: string; complete: boolean }>(
      `select installation, fingerprint,
              not exists (select from unnest($3::text[]) as t where to_regclass(t) is null) as complete
       from ${qualified(database, 'checkpoints')} where view = $1 and version = $2`,
      [view.name, view.version, tableNames(view).map((name) => tableOf(database, view, name))],
    );
    const [known] = rows;
    if (known) {
      if (known.installation !== installation)
        throw new ProjectionError(
          'CHECKPOINT_FOREIGN',
          `${idOf(view)} was built from the log ${known.installation}, and this log is ${installation}: ` +
            `connect the log or the database that belong together, or drop the schema "${database.schema}" to rebuild`,
        );
      if (known.fingerprint !== fingerprint(view))
        throw new ProjectionError(
          'VIEW_CHANGED',
          `${idOf(view)} was built with other tables or by other rules: raise its version, or rebuild it`,
        );
      if (known.complete) return;
    }
    await buildAfresh(tx, database, installation, view);
  });

/** Drops what there is of a version and begins it anew, in the caller's transaction. */
export const buildAfresh = async (
  tx: Queryable,
  database: Database,
  installation: string,
  view: Projection,
): Promise<void> => {
  const { name, version } = view;
  const checkpoints = qualified(database, 'checkpoints');
  const tables = [...new Set([...tableNames(view), ...(await tablesOf(tx, database, view))])];
  if ((await liveVersion(tx, database, name))?.version === version) await hideTables(tx, database, tables);
  await dropTables(tx, database, tables, version);
  await tx.query(`delete from ${qualified(database, 'parked')} where view = $1 and version = $2`, [name, version]);
  await createTables(tx, database, view);
  // Only to see that they can be made: the worker makes them when the bulk of the rows is there.
  await tx.query('savepoint indexes');
  await createIndexes(tx, database, view);
  await tx.query('rollback to savepoint indexes');
  await tx.query(
    `insert into ${checkpoints} (view, version, installation, tables, fingerprint) values ($1, $2, $3, $4, $5)
     on conflict (view, version) do update
     set installation = $3, tables = $4, fingerprint = $5, position = null, handled = 0, status = 'building',
         is_indexed = false, error = null, last_event_at = null, token = checkpoints.token + 1`,
    [name, version, installation, tableNames(view), fingerprint(view)],
  );
  await tx.query(
    `insert into ${qualified(database, 'live')} (view, version) values ($1, $2) on conflict (view) do nothing`,
    [name, version],
  );
  if ((await liveVersion(tx, database, name))?.version === version)
    await showTables(tx, database, tableNames(view), version);
  await tellChanged(tx, database);
};

export interface LiveVersion {
  readonly version: number;
  readonly previous: number | null;
}

export const liveVersion = async (
  tx: Queryable,
  database: Database,
  name: string,
): Promise<LiveVersion | undefined> => {
  const { rows } = await tx.query(`select version, previous from ${qualified(database, 'live')} where view = $1`, [
    name,
  ]);
  return (rows as LiveVersion[])[0];
};

/** The tables that a version was built with; none where there is none such. Who holds the view may rely on them. */
export const tablesOf = async (tx: Queryable, database: Database, view: ViewVersion): Promise<readonly string[]> => {
  const { rows } = await tx.query(
    `select tables from ${qualified(database, 'checkpoints')} where view = $1 and version = $2`,
    [view.name, view.version],
  );
  return (rows as { tables: string[] }[])[0]?.tables ?? [];
};

/** Where a version stands. Throws `VIEW_UNKNOWN` where there is none such. */
export const placeOf = async (tx: Queryable, database: Database, view: ViewVersion): Promise<Position | undefined> => {
  const { rows } = await tx.query(
    `select position from ${qualified(database, 'checkpoints')} where view = $1 and version = $2`,
    [view.name, view.version],
  );
  const [row] = rows as { position: string | null }[];
  if (!row) throw new ProjectionError('VIEW_UNKNOWN', `there is no view ${idOf(view)}: start the projector first`);
  return fromText(row.position);
};

/** Keeps two processes from building, switching or dropping versions of one view at the same time. */
export const lockView = async (
  tx: Queryable,
  database: Database,
  { name }: Pick<ViewVersion, 'name'>,
): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`tempore view ${database.schema}.${name}`]);
};
