import type { Database } from '../query';
import { isOpen } from './registrations.view';

export interface OpenRegistration {
  readonly dealId: string;
  readonly docketId: string;
}

/** Registrations in which something has been left to do since before an instant, the oldest first. */
export const listOpenRegistrations = (database: Database, before: string, limit: number): Promise<OpenRegistration[]> =>
  database.query<OpenRegistration>(
    `SELECT deal_id AS "dealId", docket_id AS "docketId" FROM rm.registration
     WHERE (${isOpen}) AND since < $1::timestamptz ORDER BY since, deal_id LIMIT ${limit}`,
    [before],
  );
