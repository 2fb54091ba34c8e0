import { setTimeout as sleep } from 'node:timers/promises';

import type { Position } from '@tempore/kernel';
import { type LogSource, openViewWatch, type Projection, startProjections, status } from '@tempore/projections';
import { Pool } from 'pg';

import { freshDatabase } from '../stores';

/** Half a million events outlast the patience of the tests. */
export const BUILT_WITHIN_MS = 3_600_000;

interface Building {
  readonly url: string;
  readonly pool: Pool;
}

const SCHEMA = 'rm';

/** Has views built from nothing in a database of their own while `work` looks on. */
const whileBuilding = async <T>(
  source: LogSource,
  views: readonly Projection[],
  work: (building: Building) => Promise<T>,
): Promise<T> => {
  const { url, drop } = await freshDatabase();
  const pool = new Pool({ connectionString: url, max: 2 * views.length + 2 });
  pool.on('error', () => undefined);
  // Connections that idle while their database is dropped.
  pool.on('error', () => undefined);
  await pool.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  const running = await startProjections({ database: { pool, schema: SCHEMA }, source, installation: 'bench', views });
  try {
    return await work({ url, pool });
  } finally {
    await running.stop();
    await pool.end();
    await drop();
  }
};

/** Builds views, their indexes too, until each says that it runs at the end of the log; `work` looks at them there. */
export const withBuiltViews = <T>(
  source: LogSource,
  views: readonly Projection[],
  work: (pool: Pool) => Promise<T>,
): Promise<T> =>
  whileBuilding(source, views, async ({ pool }) => {
    const isBuilt = async (): Promise<boolean> =>
      (await status({ pool, schema: SCHEMA })).every((report) => report.status === 'running');
    while (!(await isBuilt())) await sleep(20);
    return work(pool);
  });

/**
 * How long it takes, in ms, from when the log is first asked, with the tables being there, until the last view has
 * committed the event at `end`.
 */
export const buildMs = (source: LogSource, views: readonly Projection[], end: Position): Promise<number> => {
  let began: number | undefined;
  const watched: LogSource = {
    ...source,
    follow: (options) => {
      began ??= performance.now();
      return source.follow(options);
    },
  };
  return whileBuilding(watched, views, async ({ url }) => {
    const watch = await openViewWatch({ connectionString: url, schema: SCHEMA });
    try {
      await Promise.all(views.map(({ name }) => watch.reached(name, end, BUILT_WITHIN_MS)));
      return performance.now() - (began ?? NaN);
    } finally {
      await watch.close();
    }
  });
};

/** A view as it is while it is being built: the indexes that are made when the bulk of the rows is there are left out. */
export const withoutIndexes = (view: Projection): Projection => {
  const [first, ...rest] = view.tables;
  return { ...view, tables: [{ ...first, indexes: [] }, ...rest.map((table) => ({ ...table, indexes: [] }))] };
};
