import { Pool } from 'pg';

import { type Database, freshDatabase } from '../../../test/stores';
import { migrate } from './migrate';
import { migrations } from './migrations';

let database: Database;
let pool: Pool;
beforeEach(async () => {
  database = await freshDatabase();
  pool = new Pool({ connectionString: database.url });
  pool.on('error', () => undefined);
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const recorded = async (): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM ops.migration ORDER BY id');
  return rows.map(({ name }) => name);
};
const names = migrations.map(({ name }) => name);

it('given an empty database, when several processes start at once, then each migration is carried out once, in order', async () => {
  await Promise.all(Array.from({ length: 4 }, () => migrate(pool, database.url)));
  expect(await recorded()).toEqual(names);
});

it('given a database of the release before, when this one starts, then it does what is missing', async () => {
  await migrate(pool, database.url);
  await pool.query('DROP TABLE ops.session');
  await pool.query('DELETE FROM ops.migration WHERE name = $1', [names.at(-1)]);
  await migrate(pool, database.url);
  expect(await recorded()).toEqual(names);
  expect((await pool.query('SELECT FROM ops.session')).rowCount).toBe(0);
});

it('given nothing is missing, then nobody connects but to see that', async () => {
  await migrate(pool, database.url);
  await expect(migrate(pool, 'postgres://nobody@127.0.0.1:1/nowhere')).resolves.toBeUndefined();
});
