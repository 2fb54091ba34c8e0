import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keys of personal data. A row stays for ever: one without a key says that its owner is forgotten, so that no second key
 * can be made.
 */
export class Vault1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA vault');
    await runner.query(`
      CREATE TABLE vault.key (
        owner text PRIMARY KEY,
        wrapped bytea,
        master text,
        created_at timestamptz NOT NULL,
        destroyed_at timestamptz,
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)),
        CHECK ((wrapped IS NULL) = (master IS NULL))
      )`);
    await runner.query('CREATE INDEX ON vault.key (master) WHERE master IS NOT NULL');
  }

  /** Whoever drops the keys loses the data of every person: that is never part of a way back. */
  down(): Promise<void> {
    return Promise.reject(new Error('The vault is never dropped'));
  }
}
