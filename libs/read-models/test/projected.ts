import { comparePositions, deriveId } from '@tempore/kernel';
import { type Database, type Projection, startProjections, status } from '@tempore/projections';
import { Pool } from 'pg';

import { freshDatabase, until } from '../../../test/stores';
import type { MemoryLog } from '../../projections/test/memory-log';
import type { Database as Readable } from '../src/query';

const INSTALLATION = deriveId('installation', 'read-models');

/** A database of a spec's own, with what migrations bring to it. */
export interface ReadSide extends Readable {
  readonly pool: Pool;
  readonly drop: () => Promise<void>;
  /** Has views follow a log, into a schema that is not there yet or is their own; `work` looks once all is handled. */
  readonly projected: <T>(
    views: Projection | readonly Projection[],
    log: MemoryLog,
    schema: string,
    work: (into: Database) => Promise<T>,
  ) => Promise<T>;
}

export const freshReadSide = async (): Promise<ReadSide> => {
  const { url, drop } = await freshDatabase();
  const pool = new Pool({ connectionString: url });
  pool.on('error', () => undefined);
  await pool.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  return {
    pool,
    query: async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
      (await pool.query(sql, [...parameters])).rows as Row[],
    drop: async () => {
      await pool.end();
      await drop();
    },
    projected: async (views, log, schema, work) => {
      const running = await startProjections({
        database: { pool, schema },
        source: log.source,
        installation: INSTALLATION,
        views: [views].flat(),
      });
      try {
        await until('all is handled', async () => {
          const reports = await status({ pool, schema });
          return reports.every(({ position }) => position && comparePositions(position, log.head) >= 0);
        });
        return await work({ pool, schema });
      } finally {
        await running.stop();
      }
    },
  };
};
