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

/** What a partner's live claims on a customer's dockets but one add up to, in minor units of the programme's currency. */
export const valueOfClaims = async (
  database: Database,
  { partnerId, accountId, notOn }: { readonly partnerId: string; readonly accountId: string; readonly notOn: string },
): Promise<number> => {
  const [row] = await database.query<{ sum: string }>(
    `SELECT coalesce(sum(value_minor_units), 0) AS sum FROM rm.claim
     WHERE partner_id = $1 AND account_id = $2 AND docket_id <> $3 AND turn IS NOT NULL`,
    [partnerId, accountId, notOn],
  );
  return Number(row?.sum ?? 0);
};
