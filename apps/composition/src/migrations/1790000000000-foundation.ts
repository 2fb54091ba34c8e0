import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What views cannot make for themselves: the extension that finds similar names, and the reactor's place in the log. */
export class Foundation1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await runner.query(`
      CREATE TABLE ops.process_checkpoint (
        process text PRIMARY KEY,
        installation_id uuid NOT NULL,
        position text NOT NULL,
        saved_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ops.process_checkpoint');
  }
}
