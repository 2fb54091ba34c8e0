import type { AccountKey } from '@messages/accounts';
import type { Instant } from '@tempore/kernel';

import { type Database, openCursor, type Page, type PageRequest, toPage } from '../query';
import { likeText, Where } from '../where';
import { foldText, squeezeText } from './search-text';

export interface Account {
  readonly id: string;
  readonly revision: string;
  /** The latest one; its period may begin later than today. */
  readonly legalName: string;
  readonly country: string | null;
  /** How another system names it, where it was opened without keys. */
  readonly source: { readonly system: string; readonly name: string } | null;
  readonly openedAt: Date;
  readonly changedAt: Date;
}

/** A name and when it is valid: `validFrom` null is since ever, `validUntil` null is until further notice. */
export interface AccountName {
  readonly kind: 'legal' | 'alias';
  readonly name: string;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
}

export type AccountDetail = Account & {
  /** In the order in which they were recorded. */
  readonly names: readonly AccountName[];
  readonly keys: readonly AccountKey[];
};

export interface AccountFilter {
  /** A part of any name that the customer ever had, of a domain, or of a registry number with or without its country. */
  readonly search?: string | undefined;
  /** Only those that the direct team sees. */
  readonly vendorsOwn: boolean;
}

interface AccountRow {
  id: string;
  revision: string;
  legal_name: string;
  country: string | null;
  source_system: string | null;
  source_name: string | null;
  opened_at: Date;
  changed_at: Date;
}

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  revision: row.revision,
  legalName: row.legal_name,
  country: row.country,
  source:
    row.source_system !== null && row.source_name !== null
      ? { system: row.source_system, name: row.source_name }
      : null,
  openedAt: row.opened_at,
  changedAt: row.changed_at,
});

/** Customers by name. Throws `UnknownCursor`. */
export const listAccounts = async (
  database: Database,
  { search, vendorsOwn }: AccountFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<Account>> => {
  const where = new Where();
  if (vendorsOwn) where.and('id IN (SELECT account_id FROM rm.vendors_own)');
  if (search !== undefined && search.trim() !== '') whereFound(where, search);
  if (cursor !== undefined) where.and('(legal_name, id) > (?, ?::uuid)', ...openCursor(cursor, 2));
  const rows = await database.query<AccountRow>(
    `SELECT * FROM rm.account ${where.toString()} ORDER BY legal_name, id LIMIT ${limit + 1}`,
    where.parameters,
  );
  return toPage(rows, limit, (row) => [row.legal_name, row.id], toAccount);
};

const whereFound = (where: Where, search: string): void => {
  const text = `%${likeText(foldText(search))}%`;
  const number = squeezeText(search);
  where.and(
    `id IN (
      SELECT account_id FROM rm.account_name WHERE search_text LIKE ?
      UNION ALL SELECT account_id FROM rm.account_key WHERE kind = 'domain' AND search_text LIKE ?
      UNION ALL SELECT account_id FROM rm.account_key WHERE kind = 'registry' AND ? <> '' AND search_text LIKE ?)`,
    text,
    text,
    number,
    `%${number}%`,
  );
};

/** A customer with its names and keys. */
export const findAccount = async (database: Database, id: string): Promise<AccountDetail | undefined> => {
  const [row] = await database.query<AccountRow & DetailRow>(
    `SELECT account.*,
       (SELECT json_agg(json_build_object('kind', kind, 'name', name, 'validFrom', valid_from,
                                          'validUntil', coalesce(valid_until, next_legal)) ORDER BY revision)
        FROM (SELECT *, CASE WHEN kind = 'legal' THEN
                          lead(valid_from) OVER (PARTITION BY kind ORDER BY revision) END AS next_legal
              FROM rm.account_name WHERE account_id = $1) AS named) AS names,
       (SELECT json_agg(json_build_object('kind', kind, 'value', value) ORDER BY kind, value)
        FROM rm.account_key WHERE account_id = $1 AND settled) AS keys
     FROM rm.account WHERE id = $1`,
    [id],
  );
  return row && { ...toAccount(row), names: row.names.map(toName), keys: row.keys ?? [] };
};

/** Whether the vendor has the customer for its own: a term, a direct opportunity, house, or on a list of named accounts. */
export const isVendorsOwn = async (database: Database, accountId: string): Promise<boolean> =>
  (await database.query('SELECT FROM rm.vendors_own WHERE account_id = $1 LIMIT 1', [accountId])).length > 0;

/** A customer that another one belongs to, or that belongs to it. */
export interface LinkedAccount {
  readonly accountId: string;
  readonly legalName: string;
  readonly relation: 'parent' | 'subsidiary';
}

/** Whom a customer belongs to, and who belongs to it. */
export const linkedAccounts = (database: Database, accountId: string): Promise<readonly LinkedAccount[]> =>
  database.query<LinkedAccount>(
    `SELECT linked.id AS "accountId", linked.legal_name AS "legalName",
       CASE WHEN linked.parent_id = own.id THEN 'subsidiary' ELSE 'parent' END AS relation
     FROM rm.account AS own JOIN rm.account AS linked ON linked.id = own.parent_id OR linked.parent_id = own.id
     WHERE own.id = $1 ORDER BY relation, linked.legal_name, linked.id`,
    [accountId],
  );

/** What Postgres aggregates as JSON carries its instants as text. */
interface DetailRow {
  names: readonly (Pick<AccountName, 'kind' | 'name'> & { validFrom: string | null; validUntil: string | null })[];
  keys: readonly AccountKey[] | null;
}

const toName = ({ kind, name, validFrom, validUntil }: DetailRow['names'][number]): AccountName => ({
  kind,
  name,
  validFrom: toDate(validFrom),
  validUntil: toDate(validUntil),
});

const toDate = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** A key whose claim the customer does not have yet: an opening or an addition that is on its way, or was left. */
export interface ClaimedKey {
  readonly key: AccountKey;
  readonly accountId: string;
}

/** Keys that were claimed before an instant and have not come to their customer since. */
export const listUnsettledKeys = async (
  database: Database,
  claimedBefore: Instant,
  limit: number,
): Promise<readonly ClaimedKey[]> => {
  const rows = await database.query<{ kind: AccountKey['kind']; value: string; account_id: string }>(
    `SELECT kind, value, account_id FROM rm.account_key WHERE NOT settled AND since < $1 ORDER BY since LIMIT ${limit}`,
    [claimedBefore],
  );
  return rows.map(({ kind, value, account_id }) => ({ key: { kind, value }, accountId: account_id }));
};
