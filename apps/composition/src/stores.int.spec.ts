import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readSettings } from '@tempore/settings';

import { type Database, eventStoreUrl, freshDatabase, freshNamespace } from '../../../test/stores';
import { openStores, type Stores } from './stores';

let database: Database;
let dataDir: string;
let stores: Stores;
beforeAll(async () => {
  database = await freshDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'tempore-stores-'));
  stores = await openStores({
    ...readSettings({ TEMPORE_DATA: dataDir }),
    eventStoreUrl: eventStoreUrl(),
    databaseUrl: database.url,
    namespace: freshNamespace(),
  });
});
afterAll(async () => {
  await stores.close();
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

it('given a connection in use, when PostgreSQL ends it, then whoever has it learns it, and the process goes on', async () => {
  const { pool } = stores.readSide;
  const client = await pool.connect();
  const broken = new Promise((resolve) => client.once('end', resolve));
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');

  await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await broken;

  await expect(client.query('SELECT 1')).rejects.toThrow();
  client.release(true);
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
