import type { Database } from '../query';
import { filingSequence } from './claims.query';

/** A customer's dockets but one. */
interface Elsewhere {
  readonly accountId: string;
  readonly notOn: string;
  /** The programme's: claims in another one do not count. */
  readonly currency: string;
}

/** What the live claims of a group of partners on a customer's dockets but one add up to, but for those of one form. */
export const valueOfGroup = async (
  database: Database,
  { group, accountId, notOn, currency, formId }: Elsewhere & { readonly group: string; readonly formId: string | null },
): Promise<number> => {
  const [row] = await database.query<{ sum: string }>(
    `SELECT coalesce(sum(value_minor_units), 0) AS sum FROM rm.claim
     WHERE partner_group = $1 AND account_id = $2 AND docket_id <> $3 AND currency = $4 AND ended_at IS NULL
       AND ($5::uuid IS NULL OR form_id IS DISTINCT FROM $5)`,
    [group, accountId, notOn, currency, formId],
  );
  return Number(row?.sum ?? 0);
};

/** What a partner's live claims on a customer's dockets but one are worth, and for how much a person approved them. */
export const valuesOfPartner = async (
  database: Database,
  { partnerId, accountId, notOn, currency }: Elsewhere & { readonly partnerId: string },
): Promise<{ readonly live: number; readonly approved: number }> => {
  const [row] = await database.query<{ live: string; approved: string }>(
    `SELECT coalesce(sum(value_minor_units), 0) AS live,
       coalesce(sum(approved_minor_units), 0) AS approved
     FROM rm.claim
     WHERE partner_id = $1 AND account_id = $2 AND docket_id <> $3 AND currency = $4 AND ended_at IS NULL`,
    [partnerId, accountId, notOn, currency],
  );
  return { live: Number(row?.live ?? 0), approved: Number(row?.approved ?? 0) };
};

/**
 * What the group's claims on the customer's other dockets added up to when the claim of deal $1 was filed, but for those
 * of its form: of claims that stand before it in the log and lived then. No row where a view does not show the filing yet:
 * they show in the order of the log, so once they do, nothing that was filed before is missing.
 */
export const VALUE_BEFORE_FILING = `SELECT coalesce(sum(other.value_minor_units), 0) AS sum
   FROM rm.claim AS own LEFT JOIN rm.claim AS other
     ON other.account_id = own.account_id AND other.partner_group = own.partner_group
     AND other.docket_id <> own.docket_id AND other.currency = own.currency
     AND ${filingSequence('other')} < ${filingSequence('own')}
     AND (other.ended_at IS NULL OR other.ended_at > own.filed_at)
     AND (own.form_id IS NULL OR other.form_id IS DISTINCT FROM own.form_id)
   WHERE own.deal_id = $1 AND ${filingSequence('own')} IS NOT NULL GROUP BY own.deal_id`;
