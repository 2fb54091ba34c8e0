import type { Database } from '../query';

/** On how many days before the end a policy has partners reminded. */
export interface ReminderRule {
  readonly policyVersion: number;
  readonly days: readonly number[];
}

/** A partner is to be told that its protection ends. */
export interface DueReminder {
  readonly dealId: string;
  readonly partnerId: string;
  readonly productLine: string;
  /** The event by which the window began. */
  readonly approvalId: string;
  readonly windowEnds: Date;
  readonly daysLeft: number;
  readonly dueAt: Date;
}

/** The reminders that are due by an instant and were not given, the earliest first; none from before the window began. */
export const dueReminders = (
  database: Database,
  rules: readonly ReminderRule[],
  by: string,
  limit: number,
): Promise<DueReminder[]> =>
  database.query<DueReminder>(
    `SELECT deal_id AS "dealId", partner_id AS "partnerId", product_line AS "productLine", approval_id AS "approvalId",
       window_ends AS "windowEnds", days AS "daysLeft", window_ends - days * interval '24 hours' AS "dueAt"
     FROM rm.claim
     JOIN jsonb_to_recordset($1::jsonb) AS rule(policy_version int, days int) USING (policy_version)
     WHERE status = 'approved' AND win_id IS NULL
       AND window_ends - days * interval '24 hours' > since
       AND window_ends - days * interval '24 hours' <= $2::timestamptz
       AND NOT EXISTS (
         SELECT FROM rm.notice WHERE event_id = approval_id AND template = 'protection-ending'
         AND parameters->>'daysLeft' = days::text)
     ORDER BY "dueAt", deal_id LIMIT ${limit}`,
    [
      JSON.stringify(
        rules.flatMap(({ policyVersion, days }) => days.map((day) => ({ policy_version: policyVersion, days: day }))),
      ),
      by,
    ],
  );
