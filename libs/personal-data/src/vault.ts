import { randomBytes, type KeyObject } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

import type { Instant } from '@tempore/kernel';
import type { Pool, PoolClient } from 'pg';

import { asUnavailable, erased, keyMissing, masterUnknown, shareMissing } from './failures';
import type { KeyShares } from './key-shares';
import { newKey } from './keys';
import { type MasterKey, unwrap, wrap } from './wrap';

export interface VaultOptions {
  /** Where the schema `vault` is. */
  readonly pool: Pool;
  readonly shares: KeyShares;
  readonly master: MasterKey;
  /** The one before, while keys are still wrapped by it. */
  readonly previous?: MasterKey | undefined;
}

interface KeyRow {
  readonly owner: string;
  /** Null once destroyed, as is `master`. */
  readonly wrapped: Buffer | null;
  readonly master: string | null;
}

/** What a rewrapping did. */
export interface Rewrapped {
  readonly rewrapped: number;
  /** Owners whose share is gone: their keys were destroyed, and a restored dump brought the rows back. */
  readonly lost: readonly string[];
}

/** Owners whose keys make ids: what they made stands in the log for ever, so that such a key is never destroyed. */
const MAKES_IDS = /^ids\//;

const NONE: ReadonlyMap<string, KeyObject> = new Map();

const SHARE_BYTES = 32;
const nameOf = (owner: string): string => `keys/${owner}`;

/**
 * One key per owner of personal data, each wrapped by a key made of the master key and the owner's share. Nothing is
 * cached: a key that is destroyed is destroyed for every process at once. Throws a `Refusal` of the kind `unavailable`
 * where database or shares do not answer.
 */
export class Vault {
  constructor(private readonly is: VaultOptions) {}

  /**
   * The owner's key, made where there is none. Once this resolves, the key survives whatever happens, so an event that
   * needs it may be appended. Throws `PERSONAL_DATA_ERASED`.
   */
  async keyFor(owner: string, now: Instant): Promise<KeyObject> {
    const key = (await this.keysOf([owner])).get(owner);
    if (key === 'destroyed') throw erased();
    return key ?? (await this.keysFor([owner], now))(owner);
  }

  /** The same of several owners who are mostly new: all keys are made at once, or none. */
  async keysFor(owners: readonly string[], now: Instant): Promise<(owner: string) => KeyObject> {
    const keys = owners.length === 0 ? NONE : await this.knownOrMade(owners, now);
    if (owners.some((owner) => keys.get(owner) === 'destroyed')) throw erased();
    return (owner) => {
      const key = keys.get(owner);
      if (key === undefined || key === 'destroyed') throw new Error(`Nobody asked for a key of ${owner}`);
      return key;
    };
  }

  /** The key of an owner who has one, or had. Throws `KEY_MISSING` where the vault knows of none. */
  async keyOf(owner: string): Promise<KeyObject | 'destroyed'> {
    const key = (await this.keysOf([owner])).get(owner);
    if (key === undefined) throw keyMissing(owner);
    return key;
  }

  /** The keys of those owners who ever had one. */
  keysOf(owners: readonly string[]): Promise<ReadonlyMap<string, KeyObject | 'destroyed'>> {
    return unlessUnavailable(async () => {
      const { rows } = await this.is.pool.query<KeyRow>(
        'SELECT owner, wrapped, master FROM vault.key WHERE owner = ANY($1)',
        [owners],
      );
      return this.keysIn(rows);
    });
  }

  /** Whether the owner has or had a key. */
  knows(owner: string): Promise<boolean> {
    return unlessUnavailable(async () => {
      const { rowCount } = await this.is.pool.query('SELECT FROM vault.key WHERE owner = $1', [owner]);
      return rowCount !== 0;
    });
  }

  /** Destroys the owner's key, for good and for everybody; no other can be made in its place. May be repeated. */
  async destroy(owner: string, now: Instant): Promise<void> {
    if (MAKES_IDS.test(owner)) throw new Error(`The key of ${owner} is no personal data, and is never destroyed`);
    await this.locked([owner], (tx) =>
      tx.query(
        `INSERT INTO vault.key (owner, created_at, destroyed_at) VALUES ($1, $2, $2)
         ON CONFLICT (owner) DO UPDATE SET wrapped = NULL, master = NULL, destroyed_at = excluded.destroyed_at
         WHERE key.destroyed_at IS NULL`,
        [owner, now],
      ),
    );
    await unlessUnavailable(() => this.is.shares.remove(nameOf(owner)));
  }

  /** Wraps every key anew that the previous master key wraps, so that it can be forgotten. May be stopped and repeated. */
  async rewrap(): Promise<Rewrapped> {
    const { previous, master, pool } = this.is;
    if (!previous) return { rewrapped: 0, lost: [] };
    let rewrapped = 0;
    const lost: string[] = [];
    const { rows } = await pool.query<KeyRow>('SELECT owner, wrapped, master FROM vault.key WHERE master = $1', [
      previous.name,
    ]);
    for (const { owner, wrapped } of rows) {
      const share = await this.shareOf(owner);
      if (!share || !wrapped) {
        lost.push(owner);
        continue;
      }
      // A key that is destroyed meanwhile stays destroyed: the row has to be as it was read.
      const { rowCount } = await pool.query(
        'UPDATE vault.key SET wrapped = $3, master = $4 WHERE owner = $1 AND wrapped = $2',
        [owner, wrapped, wrap(master, share, owner, unwrap(previous, share, owner, wrapped)), master.name],
      );
      rewrapped += rowCount ?? 0;
    }
    return { rewrapped, lost };
  }

  private knownOrMade(owners: readonly string[], now: Instant): Promise<ReadonlyMap<string, KeyObject | 'destroyed'>> {
    return this.locked(owners, async (tx) => {
      const { rows } = await tx.query<KeyRow>('SELECT owner, wrapped, master FROM vault.key WHERE owner = ANY($1)', [
        owners,
      ]);
      const known = await this.keysIn(rows);
      const missing = [...new Set(owners)].filter((owner) => !known.has(owner));
      if (missing.length === 0) return known;
      const { master } = this.is;
      const made = await Promise.all(
        missing.map(async (owner) => {
          // A share without a row is what an attempt left that did not get as far as its row.
          const share = (await this.shareOf(owner)) ?? (await this.newShare(owner));
          const key = newKey();
          return { owner, key, wrapped: wrap(master, share, owner, key) };
        }),
      );
      await tx.query(
        `INSERT INTO vault.key (owner, wrapped, master, created_at)
         SELECT owner, wrapped, $3, $4 FROM unnest($1::text[], $2::bytea[]) AS made (owner, wrapped)`,
        [missing, made.map(({ wrapped }) => wrapped), master.name, now],
      );
      return new Map([...known, ...made.map(({ owner, key }) => [owner, key] as const)]);
    });
  }

  private async keysIn(rows: readonly KeyRow[]): Promise<ReadonlyMap<string, KeyObject | 'destroyed'>> {
    return new Map(await Promise.all(rows.map(async (row) => [row.owner, await this.keyIn(row)] as const)));
  }

  private async keyIn({ owner, wrapped, master: name }: KeyRow): Promise<KeyObject | 'destroyed'> {
    if (!wrapped || name === null) return 'destroyed';
    const master = [this.is.master, this.is.previous].find((one) => one?.name === name);
    if (!master) throw masterUnknown(name);
    const share = await this.shareOf(owner);
    if (!share) throw shareMissing(owner);
    return unwrap(master, share, owner, wrapped);
  }

  private async shareOf(owner: string): Promise<Buffer | undefined> {
    const content = await this.is.shares.get(nameOf(owner));
    return content && buffer(content);
  }

  private async newShare(owner: string): Promise<Buffer> {
    const share = randomBytes(SHARE_BYTES);
    await this.is.shares.put(nameOf(owner), [share]);
    return share;
  }

  /** Runs a transaction in which nobody else makes or destroys the key of any of these owners. */
  private locked<T>(owners: readonly string[], work: (tx: PoolClient) => Promise<T>): Promise<T> {
    return unlessUnavailable(async () => {
      const tx = await this.is.pool.connect();
      // A connection that breaks is told by the next query; without a listener it would end the process.
      tx.on('error', ignored);
      try {
        await tx.query('BEGIN');
        // In one order, or two who lock the same owners would wait for each other. A committed key survives a crash.
        await tx.query(
          `SELECT set_config('synchronous_commit', 'on', true), pg_advisory_xact_lock(lock)
           FROM (SELECT DISTINCT hashtextextended(name, 0) AS lock FROM unnest($1::text[]) AS name ORDER BY lock) AS locks`,
          [owners.map((owner) => `vault:${owner}`)],
        );
        const result = await work(tx);
        await tx.query('COMMIT');
        tx.release();
        tx.off('error', ignored);
        return result;
      } catch (error) {
        // The connection goes with its transaction: whatever state it was left in, the server rolls back.
        tx.release(true);
        throw error;
      }
    });
  }
}

const ignored = (): void => undefined;

const unlessUnavailable = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw asUnavailable(error);
  }
};
