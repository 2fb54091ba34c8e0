import { comparePositions, type Position } from '@tempore/kernel';
import { Pool } from 'pg';

import { freshDatabase, until } from '../../../test/stores';
import { type Database, type Projections, type ProjectionsOptions, startProjections, status } from '../src';

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** A schema of its own for each test. */
  readonly fresh: () => Database;
  readonly close: () => Promise<void>;
}

/** A database for the tests of one file. */
export const openDatabase = async (): Promise<TestDatabase> => {
  const { url, drop } = await freshDatabase();
  const pool = new Pool({ connectionString: url, max: 20 });
  pool.on('error', () => undefined);
  let schemas = 0;
  return {
    url,
    pool,
    fresh: () => ({ pool, schema: `rm_${++schemas}` }),
    close: async () => {
      await pool.end();
      await drop();
    },
  };
};

export const untilAt = (database: Database, view: string, position: Position): Promise<void> =>
  until(`${view} is at ${position.commit.toString()}`, async () => {
    const report = (await status(database)).find((one) => `${one.view}@${one.version}` === view);
    return report?.position !== undefined && comparePositions(report.position, position) >= 0;
  });

/** Workers that come and go within a test, all of them ended after it. */
export class Workers {
  private readonly running = new Set<Projections>();

  async start(options: Omit<ProjectionsOptions, 'installation'> & { installation?: string }): Promise<Projections> {
    const projections = await startProjections({ installation: 'log-1', ...options });
    this.running.add(projections);
    return projections;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((projections) => projections.stop()));
    this.running.clear();
  }
}
