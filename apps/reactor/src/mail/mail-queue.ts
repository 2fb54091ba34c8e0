import type { Pool } from 'pg';

/** A notice that may still have to be mailed. */
export interface QueuedMail {
  readonly noticeId: string;
  /** How often that failed. */
  readonly tries: number;
}

const FIRST_RETRY_S = 1;
const LONGEST_RETRY_S = 3_600;

/** Asks for a notice to be mailed; to ask again changes nothing. */
export const enqueueMail = async (pool: Pool, noticeId: string): Promise<void> => {
  await pool.query('INSERT INTO ops.mail_queue (notice_id) VALUES ($1) ON CONFLICT DO NOTHING', [noticeId]);
};

/** What is to be tried now, the longest waiting first. Mail servers live by real time, whatever the installation's clock says. */
export const dueMails = async (pool: Pool, limit: number): Promise<readonly QueuedMail[]> => {
  const { rows } = await pool.query<{ notice_id: string; tries: number }>(
    'SELECT notice_id, tries FROM ops.mail_queue WHERE due_at <= now() ORDER BY due_at LIMIT $1',
    [limit],
  );
  return rows.map(({ notice_id, tries }) => ({ noticeId: notice_id, tries }));
};

export const dequeueMail = async (pool: Pool, noticeId: string): Promise<void> => {
  await pool.query('DELETE FROM ops.mail_queue WHERE notice_id = $1', [noticeId]);
};

/** Leaves a mail for later, each time for twice as long. */
export const postponeMail = async (pool: Pool, { noticeId, tries }: QueuedMail): Promise<void> => {
  const seconds = Math.min(FIRST_RETRY_S * 2 ** tries, LONGEST_RETRY_S);
  await pool.query(
    `UPDATE ops.mail_queue SET tries = tries + 1, due_at = now() + make_interval(secs => $2) WHERE notice_id = $1`,
    [noticeId, seconds],
  );
};
