import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { unhurried } from '@tempore/projections';
import { readSettings } from '@tempore/settings';

import {
  type Database,
  eventStoreUrl,
  freshDatabase,
  freshNamespace,
  type Proxy,
  startProxy,
} from '../../../test/stores';
import { openStores, type Stores } from './stores';

let database: Database;
let dataDir: string;
let proxy: Proxy;
let stores: Stores;
beforeAll(async () => {
  database = await freshDatabase();
  const through = new URL(database.url);
  proxy = await startProxy(Number(through.port));
  through.port = String(proxy.port);
  through.searchParams.set('query_timeout', '1000');
  dataDir = mkdtempSync(join(tmpdir(), 'tempore-stores-'));
  stores = await openStores({
    ...readSettings({ TEMPORE_DATA: dataDir }),
    eventStoreUrl: eventStoreUrl(),
    databaseUrl: through.href,
    namespace: freshNamespace(),
  });
});
afterAll(async () => {
  await stores.close();
  await proxy.close();
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

it('given connections that stay open and lose everything, then who waits on one is told, and the next query is answered', async () => {
  const ask = () => stores.database.query('SELECT 1 AS one');
  await ask();
  proxy.treat({ requests: 'swallow', answers: 'swallow' });
  await expect(ask()).rejects.toThrow('Query read timeout');
  expect(await ask()).toEqual([{ one: 1 }]);
});

it('given SQL that takes as long as it takes, then no limit ends it', async () => {
  const { rows } = await stores.readSide.pool.query(unhurried('SELECT pg_sleep(1.5), 1 AS one'));
  expect(rows).toMatchObject([{ one: 1 }]);
});
