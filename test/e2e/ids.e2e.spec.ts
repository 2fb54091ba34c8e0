import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { deriveId } from '@tempore/kernel';
import { partner } from '@tempore/partners';

import { startApi } from '../../apps/api/src/start';
import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import { openStores, type Stores, type StoreSettings } from '../../apps/composition/src/stores';
import { Caller, idOf } from '../harness/caller';
import { tempore } from '../harness/command-line';
import { type Issuer, startIssuer } from '../harness/issuer';
import { aCustomer } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { type Database, freshDatabase, freshNamespace } from '../stores';

const [OLD_SECRET, NEW_SECRET] = ['the secret of the first year, 32+', 'the secret of the next year, 32++'] as const;
const ADA = 'ada@vendor.example';

let folder: string;
let issuer: Issuer;
let system: System;
const databases: Database[] = [];
const lifetimes: Lifetime[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tempore-ids-'));
  issuer = await startIssuer();
  system = await startSystem({ environment: { OIDC_ISSUER: issuer.url, TEMPORE_SECRET: OLD_SECRET } });
});
afterAll(async () => {
  for (const lifetime of lifetimes) await lifetime.end();
  await system.stop();
  for (const database of databases) await database.drop();
  await issuer.close();
  rmSync(folder, { recursive: true });
});

/** Somebody whom the issuer knows by this name, at an API. */
const callerAt = async (url: string, sub: string): Promise<Caller> => {
  const iat = Math.floor(Date.now() / 1_000);
  return new Caller(
    url,
    await issuer.sign({ iss: issuer.url, aud: 'tempore', sub, roles: ['channel-manager'], iat, exp: iat + 600 }),
  );
};

const openApp = async (settings: StoreSettings) => {
  const logger = createLogger(settings, 'test');
  const lifetime = new Lifetime(logger);
  lifetimes.push(lifetime);
  return openContext(settings, logger, lifetime);
};

/** Who did what stands last in a stream. */
const actorOf = async ({ eventStore }: Stores, stream: string): Promise<string> => {
  const { events } = await eventStore.load(stream);
  return (events.at(-1)?.metadata as { actor: string }).actor;
};

const enter = async (by: Caller): Promise<string> =>
  idOf(await by.post('/v1/partners', { legalName: `Northwind ${randomUUID()}`, country: 'DE' }));

const openCustomer = async (by: Caller, customer: ReturnType<typeof aCustomer>, key = randomUUID()) =>
  by.post(
    '/v1/accounts',
    { legalName: customer.legalName, country: 'CH', domains: [customer.domain] },
    { 'idempotency-key': key },
  );

/** Other stores for the same installation; nothing of it is there yet. */
const elsewhere = async (more: Partial<StoreSettings> = {}): Promise<StoreSettings> => {
  const database = await freshDatabase();
  databases.push(database);
  return { ...system.settings, namespace: freshNamespace(), databaseUrl: database.url, ...more };
};

/** Copies the whole log, as an operator does. */
const moveLog = async (to: StoreSettings): Promise<void> => {
  const file = join(folder, `${randomUUID()}.jsonl`);
  expect(await tempore(system, 'log', 'export', file)).toMatchObject({ code: 0 });
  expect(await tempore({ settings: to }, 'log', 'import', file)).toMatchObject({ code: 0 });
};

/** Copies the vault's rows; its objects are where they were. */
const moveVault = async (to: Stores): Promise<void> => {
  const { rows } = await system.stores.readSide.pool.query<{ row: unknown }>(
    'SELECT to_jsonb(key) AS row FROM vault.key',
  );
  await to.readSide.pool.query('INSERT INTO vault.key SELECT * FROM jsonb_populate_recordset(NULL::vault.key, $1)', [
    JSON.stringify(rows.map(({ row }) => row)),
  ]);
};

describe('ids', () => {
  it('given everything that a client knows, then it computes neither who somebody is nor which customer it opened', async () => {
    const ada = await callerAt(system.url, ADA);
    const actor = await actorOf(system.stores, `partner-${await enter(ada)}`);
    expect(actor).not.toBe(deriveId('principal', issuer.url, ADA));
    const key = randomUUID();
    const commandId = deriveId('command', actor, 'POST /v1/accounts {}', key);
    const opened = await openCustomer(ada, aCustomer(), key);
    const { events } = await system.stores.eventStore.load(`account-${idOf(opened)}`);
    // The command's id is computed rightly, and helps nobody.
    expect(events).toMatchObject([{ metadata: { commandId } }]);
    expect(idOf(opened)).not.toBe(deriveId('account', commandId));
  });

  it('given two subjects that differ in case, then an outside issuer means two people', async () => {
    const [small, large] = [await callerAt(system.url, ADA), await callerAt(system.url, ADA.toUpperCase())];
    const [one, other] = [await enter(small), await enter(large)];
    expect(await actorOf(system.stores, `partner-${one}`)).not.toBe(await actorOf(system.stores, `partner-${other}`));
  });

  it('given the secret is changed and the log moves with its vault, then everybody and every customer keeps their id', async () => {
    const ada = await callerAt(system.url, ADA);
    const [customer, key] = [aCustomer(), randomUUID()];
    const opened = await openCustomer(ada, customer, key);
    const actor = await actorOf(system.stores, `account-${idOf(opened)}`);

    const settings = await elsewhere({ secret: NEW_SECRET });
    await moveLog(settings);
    const rewrapping = await openStores({ ...settings, previousSecret: OLD_SECRET });
    await moveVault(rewrapping);
    expect((await rewrapping.vault.rewrap()).lost).toEqual([]);
    await rewrapping.close();

    const moved = await openApp(settings);
    const there = await callerAt(await startApi(moved), ADA);
    expect(await actorOf(moved.stores, `partner-${await enter(there)}`)).toBe(actor);
    expect((await openCustomer(there, customer)).body).toMatchObject({ id: idOf(opened), opened: false });
  });

  it('given the log moves without its vault, then no API starts: everybody would become somebody else', async () => {
    await openCustomer(await callerAt(system.url, ADA), aCustomer());
    const settings = await elsewhere();
    await moveLog(settings);
    await expect(startApi(await openApp(settings))).rejects.toThrow(/Restore the vault that belongs to this log/);
  });

  it('given a log from before ids were made with a key, then who stands in it keeps their id, and who comes later gets none that can be computed', async () => {
    const before = await openApp(await elsewhere());
    const [kept, unknown] = [ADA, 'ben@vendor.example'].map((sub) => deriveId('principal', issuer.url, sub));
    const commandId = randomUUID();
    await before.stores.runner.run(
      partner,
      randomUUID(),
      { type: 'ApplyAsPartner', data: { legalName: 'Northwind', country: 'DE', website: null, source: null } },
      { commandId, requestHash: '', actor: kept ?? '', now: before.clock.now(), correlationId: commandId },
      {},
    );
    const url = await startApi(before);
    expect(await actorOf(before.stores, `partner-${await enter(await callerAt(url, ADA))}`)).toBe(kept);
    const ben = await callerAt(url, 'ben@vendor.example');
    expect(await actorOf(before.stores, `partner-${await enter(ben)}`)).not.toBe(unknown);

    // Also at the next start, which finds the keys.
    const again = await callerAt(await startApi(before), ADA);
    expect(await actorOf(before.stores, `partner-${await enter(again)}`)).toBe(kept);
  });
});
