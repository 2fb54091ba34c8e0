import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { folderStore, type ObjectStore } from '@tempore/document-store';
import { parseInstant } from '@tempore/kernel';
import { KeyBroken, type MasterKey, masterKey, Vault } from '@tempore/personal-data';
import { Pool } from 'pg';

import { migrate } from '../../apps/composition/src/migrate';
import { type Database, freshDatabase, startProxy } from '../stores';

const NOW = parseInstant('2026-03-02T09:00:00.000Z');
const aMaster = (): MasterKey => masterKey(createSecretKey(randomBytes(32)));
const somebody = (): string => `person/${randomUUID()}`;

let database: Database;
let folder: string;
let pool: Pool;
let shares: ObjectStore;
const master = aMaster();

/** The vault as one process has it. */
const aVault = (is: { pool?: Pool; master?: MasterKey; previous?: MasterKey } = {}): Vault =>
  new Vault({ pool, shares, master, ...is });

const rowOf = async (owner: string): Promise<{ wrapped: Buffer | null; master: string | null } | undefined> =>
  (
    await pool.query<{ wrapped: Buffer | null; master: string | null }>('SELECT * FROM vault.key WHERE owner = $1', [
      owner,
    ])
  ).rows[0];

const isSame = (one: KeyObject | 'destroyed' | undefined, other: KeyObject): boolean =>
  typeof one === 'object' && one.equals(other);

beforeAll(async () => {
  database = await freshDatabase();
  pool = new Pool({ connectionString: database.url });
  pool.on('error', () => undefined);
  await migrate(pool, database.url);
  folder = await mkdtemp(join(tmpdir(), 'tempore-vault-'));
  shares = folderStore(folder);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('making a key', () => {
  it('given nobody’s key, when many ask for it at once in several processes, then there is one', async () => {
    const owner = somebody();
    const keys = await Promise.all(Array.from({ length: 12 }, () => aVault().keyFor(owner, NOW)));
    const [first] = keys;
    expect(keys.every((key) => first && key.equals(first))).toBe(true);
  });

  it('given two people, then they have two keys', async () => {
    const [one, other] = [await aVault().keyFor(somebody(), NOW), await aVault().keyFor(somebody(), NOW)];
    expect(one.equals(other)).toBe(false);
  });

  it('given a share that an attempt left which crashed before its row, then the key is made of it', async () => {
    const owner = somebody();
    await shares.put(`keys/${owner}`, [randomBytes(32)]);
    const key = await aVault().keyFor(owner, NOW);
    expect(isSame((await aVault().keysOf([owner])).get(owner), key)).toBe(true);
  });

  it('given no database, then it is refused as unavailable, and nothing is half done', async () => {
    const through = new URL(database.url);
    const proxy = await startProxy(Number(through.port));
    through.port = String(proxy.port);
    const cut = new Pool({ connectionString: through.href });
    cut.on('error', () => undefined);
    const vault = aVault({ pool: cut });
    await vault.keyFor(somebody(), NOW);
    cut.on('error', () => undefined);
    await proxy.close();
    const owner = somebody();
    await expect(vault.keyFor(owner, NOW)).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE', kind: 'unavailable' });
    await expect(vault.destroy(owner, NOW)).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect(await rowOf(owner)).toBeUndefined();
    expect(await shares.get(`keys/${owner}`)).toBeUndefined();
    await cut.end();
  });

  it('given a key, then neither its row nor its share nor what a log would show of it holds it', async () => {
    const owner = somebody();
    const key = await aVault().keyFor(owner, NOW);
    const { wrapped } = (await rowOf(owner)) ?? {};
    const share = await (await shares.get(`keys/${owner}`))?.toArray();
    const stored = Buffer.concat([wrapped ?? Buffer.alloc(0), ...((share ?? []) as Buffer[])]);
    expect(stored.length).toBeGreaterThan(64);
    expect(stored.includes(key.export())).toBe(false);
    expect(inspect(key) + JSON.stringify(key)).not.toContain(key.export().toString('hex').slice(0, 8));
  });
});

describe('destroying a key', () => {
  it('given a key, when it is destroyed, then it is for every process at once, and no other can be made', async () => {
    const owner = somebody();
    const elsewhere = aVault();
    await elsewhere.keyFor(owner, NOW);
    await aVault().destroy(owner, NOW);
    await aVault().destroy(owner, NOW);
    expect((await elsewhere.keysOf([owner])).get(owner)).toBe('destroyed');
    await expect(elsewhere.keyFor(owner, NOW)).rejects.toMatchObject({ code: 'PERSONAL_DATA_ERASED' });
    expect(await rowOf(owner)).toMatchObject({ wrapped: null, master: null });
    expect(await shares.get(`keys/${owner}`)).toBeUndefined();
  });

  it('given somebody without a key, when it is destroyed, then none can be made', async () => {
    const owner = somebody();
    await aVault().destroy(owner, NOW);
    await expect(aVault().keyFor(owner, NOW)).rejects.toMatchObject({ code: 'PERSONAL_DATA_ERASED' });
  });

  it('given a crash after the row, when it is destroyed again, then the share goes too', async () => {
    const owner = somebody();
    await aVault().keyFor(owner, NOW);
    await pool.query('UPDATE vault.key SET wrapped = NULL, master = NULL, destroyed_at = now() WHERE owner = $1', [
      owner,
    ]);
    expect((await aVault().keysOf([owner])).get(owner)).toBe('destroyed');
    await aVault().destroy(owner, NOW);
    expect(await shares.get(`keys/${owner}`)).toBeUndefined();
  });

  it('given a destroyed key, when a dump of before brings its row back, then it opens nothing, master key or not', async () => {
    const owner = somebody();
    await aVault().keyFor(owner, NOW);
    const before = await rowOf(owner);
    await aVault().destroy(owner, NOW);
    await pool.query('UPDATE vault.key SET wrapped = $2, master = $3, destroyed_at = NULL WHERE owner = $1', [
      owner,
      before?.wrapped,
      before?.master,
    ]);
    await expect(aVault().keysOf([owner])).rejects.toMatchObject({ code: 'KEY_SHARE_MISSING', kind: 'unavailable' });
    await expect(aVault().keyFor(owner, NOW)).rejects.toMatchObject({ code: 'KEY_SHARE_MISSING' });
  });
});

it('given a key that ids are made with, when it is to be destroyed, then it is refused, and the key stays', async () => {
  const owner = `ids/${somebody()}`;
  const key = await aVault().keyFor(owner, NOW);
  await expect(aVault().destroy(owner, NOW)).rejects.toThrow(/never destroyed/);
  expect(isSame(await aVault().keyFor(owner, NOW), key)).toBe(true);
});

describe('changing the master key', () => {
  it('given keys under the previous one, when they are rewrapped, then they open with the new one alone', async () => {
    const [kept, destroyed] = [somebody(), somebody()];
    const previous = aMaster();
    const next = aMaster();
    const key = await aVault({ master: previous }).keyFor(kept, NOW);
    await aVault({ master: previous }).keyFor(destroyed, NOW);
    await aVault({ master: previous }).destroy(destroyed, NOW);
    expect(isSame(await aVault({ master: next, previous }).keyFor(kept, NOW), key)).toBe(true);

    expect(await aVault({ master: next, previous }).rewrap()).toEqual({ rewrapped: 1, lost: [] });
    expect(await aVault({ master: next, previous }).rewrap()).toEqual({ rewrapped: 0, lost: [] });
    expect(isSame(await aVault({ master: next }).keyFor(kept, NOW), key)).toBe(true);
    await expect(aVault({ master: previous }).keyFor(kept, NOW)).rejects.toMatchObject({ code: 'MASTER_KEY_UNKNOWN' });
    expect((await aVault({ master: next }).keysOf([destroyed])).get(destroyed)).toBe('destroyed');
  });

  it('given a key whose share is gone, then rewrapping names its owner and goes on', async () => {
    const [lost, kept] = [somebody(), somebody()];
    const previous = aMaster();
    await aVault({ master: previous }).keyFor(lost, NOW);
    await aVault({ master: previous }).keyFor(kept, NOW);
    await shares.remove(`keys/${lost}`);
    expect(await aVault({ master: aMaster(), previous }).rewrap()).toEqual({ rewrapped: 1, lost: [lost] });
  });
});

it('given the row of one person under the name of another, then it does not open', async () => {
  const [one, other] = [somebody(), somebody()];
  await aVault().keyFor(one, NOW);
  await aVault().keyFor(other, NOW);
  await pool.query('UPDATE vault.key SET wrapped = (SELECT wrapped FROM vault.key WHERE owner = $1) WHERE owner = $2', [
    one,
    other,
  ]);
  await expect(aVault().keysOf([other])).rejects.toBeInstanceOf(KeyBroken);
});

it('given many keys, then nothing is left of drafts', async () => {
  await Promise.all(Array.from({ length: 20 }, () => aVault().keyFor(somebody(), NOW)));
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});
