import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

import { migrations } from './migrations';

/**
 * Carries out the migrations that are still to be done, whoever else starts at the same time: one process migrates, the
 * others wait and find it done.
 */
export const migrate = async (pool: Pool, url: string): Promise<void> => {
  if (await isDone(pool)) return;
  // Loaded here, since most processes find nothing to migrate and would start the later for it.
  const { DataSource } = await import('typeorm');
  const database = new DataSource({
    type: 'postgres',
    url,
    schema: 'ops',
    migrations,
    migrationsTableName: 'migration',
  });
  await database.initialize();
  try {
    await runAlone(database);
  } finally {
    await database.destroy();
  }
};

const isDone = async (pool: Pool): Promise<boolean> => {
  const { rows: tables } = await pool.query<{ found: boolean }>(
    `SELECT to_regclass('ops.migration') IS NOT NULL AS found`,
  );
  if (!tables[0]?.found) return false;
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM ops.migration');
  const done = new Set(rows.map(({ name }) => name));
  return migrations.every(({ name }) => done.has(name));
};

const runAlone = async (database: DataSource): Promise<void> => {
  const runner = database.createQueryRunner();
  try {
    await runner.query(`SELECT pg_advisory_lock(hashtext('tempore:migrate'))`);
    await runner.query('CREATE SCHEMA IF NOT EXISTS ops');
    await database.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query(`SELECT pg_advisory_unlock(hashtext('tempore:migrate'))`);
    await runner.release();
  }
};
