import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { comparePositions, type Position } from '@tempore/kernel';
import { escapeIdentifier, Pool } from 'pg';

import { type Database, startProjections, status, type Projections, type ProjectionsOptions } from '../src';

type StartPostgres = (options: { readonly dataDir: string }) => Promise<{ url: string; stop: () => Promise<void> }>;

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** A schema of its own for each test, dropped at the end. */
  readonly fresh: () => Database;
  readonly close: () => Promise<void>;
}

/** The database that `DATABASE_URL` names, or one of our own for the time of the tests. */
export const openDatabase = async (startPostgres: StartPostgres): Promise<TestDatabase> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'projections-'));
  const given = process.env['DATABASE_URL'];
  const own = given ? undefined : await startPostgres({ dataDir });
  const url = given ?? own?.url ?? '';
  const pool = new Pool({ connectionString: url, max: 20 });
  pool.on('error', () => undefined);
  const schemas: string[] = [];
  return {
    url,
    pool,
    fresh: () => {
      const schema = `rm_test_${process.pid}_${schemas.length}_${Math.random().toString(36).slice(2, 8)}`;
      schemas.push(schema);
      return { pool, schema };
    },
    close: async () => {
      for (const schema of schemas) await pool.query(`drop schema if exists ${escapeIdentifier(schema)} cascade`);
      await pool.end();
      await own?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/** Waits for a condition, never for a time. */
export const until = async (
  what: string,
  holds: () => Promise<boolean> | boolean,
  timeoutMs = 20_000,
): Promise<void> => {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await sleep(10);
  }
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
