import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import type { Stores } from '../../apps/composition/src/stores';
import { READ_SCHEMA, views } from '../../apps/composition/src/views';
import { startProjector } from '../../apps/projector/src/projector';
import { idOf } from '../harness/caller';
import { tempore } from '../harness/command-line';
import { aCustomer, aDeal, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { type Database, freshDatabase, freshNamespace, type OwnNode, startOwnNode, until } from '../stores';

let folder: string;
let system: System;
let node: OwnNode;
let database: Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tempore-moved-'));
  [system, node, database] = await Promise.all([
    startSystem({ reactor: true }),
    startOwnNode({ sync: false }),
    freshDatabase(),
  ]);
});
afterAll(async () => {
  await system.stop();
  await Promise.all([node.remove(), database.drop()]);
  rmSync(folder, { recursive: true });
});

const TABLES = views.flatMap(({ tables }) => tables.map(({ name }) => name));

/** All that a view's tables hold but the places in the log, of which every log has its own. */
const rowsOf = async ({ readSide }: Stores, table: string): Promise<readonly unknown[]> => {
  const { rows } = await readSide.pool.query<{ row: unknown }>(
    `SELECT to_jsonb(t) - 'position' AS row FROM ${READ_SCHEMA}.${table} t ORDER BY (to_jsonb(t) - 'position')::text`,
  );
  return rows.map(({ row }) => row);
};

/** Two partners register a deal of one customer, and one of its own each; one is asked, and records a touch. */
const registrations = async (): Promise<void> => {
  const manager = await system.as('channel-manager');
  const shared = aCustomer();
  for (const customer of [shared, aCustomer()])
    for (const tier of ['silver', 'gold']) {
      const { caller } = await enrol(system, { tier });
      const dealId = idOf(await caller.post('/v1/deals', aDeal(await caller.handIn(), { customer })));
      await caller.post(`/v1/deals/${dealId}/submission`);
      await caller.post(`/v1/deals/${dealId}/touches`, {
        kind: 'call',
        direction: 'outbound',
        happenedAt: '2026-01-05T10:00:00Z',
      });
      await manager.post(`/v1/deals/${dealId}/review`);
      await caller.get(`/v1/deals/${dealId}`).expect(200);
    }
};

/**
 * What else fills a view: names that are alike, a customer of a line, a filing whose keys name two customers, a proposal, a
 * person who is to be forgotten and held.
 */
const furtherFacts = async (): Promise<void> => {
  const manager = await system.as('channel-manager');
  const reason = 'The programme says so';
  const { domain } = aCustomer();
  const number = '123456';
  const opened = await manager.post('/v1/accounts', { legalName: 'Relecloud AG', country: 'CH', domains: [domain] });
  const term = { productLine: 'Sensor', from: '2025-01-01T00:00:00Z', reason };
  expect((await manager.post(`/v1/accounts/${idOf(opened)}/terms`, term)).status).toBe(201);
  const registryNumber = { country: 'CH', number };
  await manager.post('/v1/accounts', { legalName: 'Relecloud Holding AG', country: 'CH', registryNumber });
  const { id, caller } = await enrol(system, { tier: 'silver' });
  const customer = { ...aCustomer(), domain, registryNumber: number };
  const dealId = idOf(await caller.post('/v1/deals', aDeal(await caller.handIn(), { customer })));
  expect((await caller.post(`/v1/deals/${dealId}/submission`)).status).toBe(201);
  await manager.post(`/v1/partners/${id}/proposals/territories`, { territories: [{ country: 'CH' }], reason });
  const { rows } = await system.stores.readSide.pool.query<{ id: string }>(`SELECT id FROM ${READ_SCHEMA}.person`);
  const person = `/v1/people/${rows[0]?.id}`;
  await (await system.as('arbiter')).post(`${person}/legal-holds`, { reason });
  await manager.post(`${person}/erasure`, { reason });
  for (const path of ['/v1/accounts', '/v1/partners', person]) await manager.get(path).expect(200);
};

it('given a log with registrations, when it is imported into another store, then every view of it is equal row by row', async () => {
  await registrations();
  await furtherFacts();
  const file = join(folder, 'log.jsonl');
  expect(await tempore(system, 'log', 'export', file)).toMatchObject({ code: 0, errors: '' });
  const moved = {
    ...system.settings,
    eventStoreUrl: node.url,
    databaseUrl: database.url,
    namespace: freshNamespace(),
  };
  expect(await tempore({ settings: moved }, 'log', 'import', file)).toMatchObject({ code: 0 });

  const logger = createLogger(moved, 'test');
  const lifetime = new Lifetime(logger);
  const { stores, ...context } = await openContext(moved, logger, lifetime);
  try {
    await startProjector({ stores, ...context });
    const filled: string[] = [];
    for (const table of TABLES) {
      const original = await rowsOf(system.stores, table);
      await until(`${table} is equal`, async () => isDeepStrictEqual(await rowsOf(stores, table), original));
      if (original.length > 0) filled.push(table);
    }
    expect(TABLES.filter((table) => !filled.includes(table))).toEqual([]);
  } finally {
    await lifetime.end();
  }
});
