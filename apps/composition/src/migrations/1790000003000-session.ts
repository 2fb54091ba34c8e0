import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is signed in at the portal. What is not known of a session is its secret: a browser alone has that. */
export class Session1790000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.session (
        hash bytea PRIMARY KEY,
        principal_id uuid NOT NULL,
        roles text[] NOT NULL,
        partner_id uuid,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        kept bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ops.session');
  }
}
