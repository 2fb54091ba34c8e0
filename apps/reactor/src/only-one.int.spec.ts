import { once } from 'node:events';

import pino from 'pino';
import { Pool } from 'pg';

import { type Database, freshDatabase, until } from '../../../test/stores';
import { asOnlyOne } from './only-one';

const logger = pino({ level: 'silent' });

let database: Database;
let pools: Pool[];
let active: string[];
let stopping: AbortController[];
let contenders: Promise<void>[];

beforeEach(async () => {
  database = await freshDatabase();
  pools = [];
  active = [];
  stopping = [];
  contenders = [];
});
afterEach(async () => {
  for (const one of stopping) one.abort();
  await Promise.all(contenders);
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

/** One more process that wants to be the active one; the number by which it is stopped. */
const contend = (name: string): number => {
  const pool = new Pool({ connectionString: database.url, application_name: name });
  pool.on('error', () => undefined);
  pools.push(pool);
  const stop = new AbortController();
  contenders.push(
    asOnlyOne(pool, 'the lock', logger, stop.signal, async (signal) => {
      active.push(name);
      if (!signal.aborted) await once(signal, 'abort');
      active.splice(active.indexOf(name), 1);
    }),
  );
  return stopping.push(stop) - 1;
};

it('given two processes, then one is active, and the other when the first has stopped', async () => {
  const first = contend('first');
  await until('the first is active', () => active.length === 1);
  contend('second');
  // Who is refused the lock gives its connection up, until it asks again.
  await once(pools[1] as Pool, 'remove');
  expect(active).toEqual(['first']);

  stopping[first]?.abort();

  await until('the second is active', () => active.includes('second'));
  expect(active).toEqual(['second']);
});

it('given the connection of the active one breaks, then it stops its work, and one of the two is active again', async () => {
  contend('first');
  await until('the first is active', () => active.length === 1);
  contend('second');

  // In this database only: specs that run beside this one hold locks in theirs.
  await pools[1]?.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
     WHERE datname = current_database() AND locktype = 'advisory' AND granted`,
  );

  await until('the first has stopped', () => !active.includes('first'));
  await until('one is active', () => active.length === 1);
});
