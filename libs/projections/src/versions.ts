import { setTimeout as sleep } from 'node:timers/promises';

import { comparePositions, type Position } from '@tempore/kernel';

import { fromText, tellChanged, type ViewStatus } from './checkpoint';
import { compareTables, isEqual, type TableComparison } from './compare';
import { type Database, inTransaction, qualified, type Queryable } from './database';
import { ProjectionError } from './errors';
import { dropTables, hideTables, idOf, showTables, tableOf } from './tables';
import { liveVersion, lockView, type LiveVersion } from './views';

/** How long a version that is nearly there is waited for. */
const PATIENCE_MS = 2_000;

interface Version {
  readonly version: number;
  readonly status: ViewStatus;
  readonly position: Position | undefined;
  readonly tables: readonly string[];
}

/**
 * Lets readers see another version from one moment to the next. Throws `VERSION_NOT_READY` where it has not caught up
 * with the one they see, `VIEW_UNKNOWN` where there is none such.
 */
export const switchVersion = (database: Database, name: string, version: number): Promise<void> =>
  patiently(() =>
    inTransaction(database.pool, async (tx) => {
      const live = await liveOf(tx, database, name);
      if (live.version === version) return;
      const [before, next] = await versionsOf(tx, database, name, [live.version, version]);
      const id = idOf({ name, version });
      if (next.status === 'stopped')
        throw new ProjectionError('VERSION_NOT_READY', `${id} has stopped: mend it, and let it catch up first`);
      if (next.status === 'building' || isBehind(next, before))
        throw new ProjectionError('VERSION_NOT_READY', `${id} has not caught up with ${idOf({ name, ...live })} yet`);
      await show(tx, database, name, before, next);
    }),
  );

/**
 * Lets readers see the version before the last switch again, however far it is: whoever waits for a place that it has
 * not reached is told so. Throws `VERSION_NOT_READY` where there was no switch.
 */
export const rollbackVersion = (database: Database, name: string): Promise<number> =>
  inTransaction(database.pool, async (tx) => {
    const live = await liveOf(tx, database, name);
    if (live.previous === null)
      throw new ProjectionError('VERSION_NOT_READY', `${name} was never switched: there is nothing to roll back to`);
    const [before, next] = await versionsOf(tx, database, name, [live.version, live.previous]);
    await show(tx, database, name, before, next);
    return live.previous;
  });

/** Drops a version that readers do not see. Throws `VERSION_NOT_READY` where they do. */
export const retireVersion = (database: Database, name: string, version: number): Promise<void> =>
  inTransaction(database.pool, async (tx) => {
    const live = await liveOf(tx, database, name);
    if (live.version === version)
      throw new ProjectionError('VERSION_NOT_READY', `${idOf({ name, version })} is live: switch to another one first`);
    const [{ tables }] = await readVersions(tx, database, name, [version], '');
    await dropTables(tx, database, tables, version);
    for (const table of ['checkpoints', 'parked'])
      await tx.query(`delete from ${qualified(database, table)} where view = $1 and version = $2`, [name, version]);
    await tx.query(`update ${qualified(database, 'live')} set previous = null where view = $1 and previous = $2`, [
      name,
      version,
    ]);
    await tellChanged(tx, database);
  });

export interface VersionComparison {
  readonly position: Position | undefined;
  readonly tables: readonly TableComparison[];
  readonly equal: boolean;
}

/**
 * Compares two versions row by row at the same place of the log, over the tables and columns that both have. Throws
 * `VERSION_NOT_READY` where they are not found at the same place.
 */
export const compareVersions = (
  database: Database,
  name: string,
  left: number,
  right: number,
): Promise<VersionComparison> =>
  patiently(() =>
    inTransaction(
      database.pool,
      async (tx) => {
        const [a, b] = await readVersions(tx, database, name, [left, right], '');
        if (isBehind(a, b) || isBehind(b, a))
          throw new ProjectionError(
            'VERSION_NOT_READY',
            `${name}@${left} and ${name}@${right} are at different places: let both catch up`,
          );
        const tables: TableComparison[] = [];
        for (const table of a.tables.filter((one) => b.tables.includes(one)))
          tables.push(await compareTables(tx, table, tableOf(database, a, table), tableOf(database, b, table)));
        return { position: a.position, tables, equal: tables.every(isEqual) };
      },
      'begin isolation level repeatable read',
    ),
  );

const show = async (tx: Queryable, database: Database, name: string, before: Version, next: Version): Promise<void> => {
  await hideTables(tx, database, before.tables);
  await showTables(tx, database, next.tables, next.version);
  await tx.query(`update ${qualified(database, 'live')} set version = $2, previous = $3 where view = $1`, [
    name,
    next.version,
    before.version,
  ]);
  await tellChanged(tx, database);
};

const liveOf = async (tx: Queryable, database: Database, name: string): Promise<LiveVersion> => {
  await lockView(tx, database, { name });
  const live = await liveVersion(tx, database, name);
  if (!live) throw new ProjectionError('VIEW_UNKNOWN', `there is no view ${name}`);
  return live;
};

/** In the order asked for, and held: their workers wait until the transaction is over. */
const versionsOf = <Numbers extends readonly number[]>(
  tx: Queryable,
  database: Database,
  name: string,
  versions: readonly [...Numbers],
): Promise<{ [Index in keyof Numbers]: Version }> => readVersions(tx, database, name, versions, 'for update');

const readVersions = async <Numbers extends readonly number[]>(
  tx: Queryable,
  database: Database,
  name: string,
  versions: readonly [...Numbers],
  lock: '' | 'for update',
): Promise<{ [Index in keyof Numbers]: Version }> => {
  const { rows } = await tx.query(
    `select version, status, position, tables from ${qualified(database, 'checkpoints')}
     where view = $1 and version = any ($2) order by version ${lock}`,
    [name, versions],
  );
  const found = rows as (Omit<Version, 'position'> & { readonly position: string | null })[];
  return versions.map((version): Version => {
    const row = found.find((one) => one.version === version);
    if (!row) throw new ProjectionError('VIEW_UNKNOWN', `there is no view ${idOf({ name, version })}`);
    return { ...row, position: fromText(row.position) };
  }) as { [Index in keyof Numbers]: Version };
};

const isBehind = (one: Version, other: Version): boolean =>
  other.position !== undefined && (!one.position || comparePositions(one.position, other.position) < 0);

/** Two workers at the head are at different places for moments only. */
const patiently = async <T>(attempt: () => Promise<T>): Promise<T> => {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const mayPass = error instanceof ProjectionError && error.code === 'VERSION_NOT_READY';
      if (!mayPass || performance.now() > end) throw error;
    }
    await sleep(20);
  }
};
