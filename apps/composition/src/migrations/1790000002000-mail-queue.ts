import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which notices may still have to be mailed: what a mail server would not take yet is tried again from here. */
export class MailQueue1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.mail_queue (
        notice_id uuid PRIMARY KEY,
        tries integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX ON ops.mail_queue (due_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ops.mail_queue');
  }
}
