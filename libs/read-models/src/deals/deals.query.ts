import { type Money } from '@tempore/kernel';

import { type Database, openCursor, type Page, type PageRequest, toPage } from '../query';
import { likeText, Where } from '../where';

export interface Deal {
  readonly id: string;
  readonly revision: string;
  readonly partnerId: string;
  /** `null` where the source named no account. */
  readonly accountId: string | null;
  readonly accountName: string | null;
  /** `null` where a draft does not say yet. */
  readonly productLine: string | null;
  /** The source's spelling, where it was mapped. */
  readonly productAsGiven: string | null;
  /** Where a registered deal stands; `null` for a sale of another system. */
  readonly status: string | null;
  readonly docketId: string | null;
  readonly site: string | null;
  readonly dealType: string | null;
  readonly estimatedClose: string | null;
  readonly ownReference: string | null;
  readonly projectReference: string | null;
  readonly stage: string;
  /** Of a registered deal in the programme's currency, from its filing on. */
  readonly value: Money | null;
  /** What it would be worth by an amendment that waits for the vendor. */
  readonly amendedValue: Money | null;
  /** Calendar days, as the source has them. */
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  /** `null` for a deal that was registered here. */
  readonly source: { readonly system: string; readonly reference: string } | null;
  readonly assertedAt: Date | null;
  readonly recordedAt: Date;
}

export interface DealFilter {
  readonly partnerId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly stages?: readonly string[] | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly docketId?: string | undefined;
  /** `false`: without drafts, which are nobody's but their partner's. */
  readonly drafts?: boolean | undefined;
  /** Of a product line, under every spelling that it is known by. */
  readonly lineKeys?: readonly string[] | undefined;
  /** First day of the close date, inclusive. */
  readonly closedFrom?: string | undefined;
  /** Last day of the close date, inclusive. */
  readonly closedTo?: string | undefined;
  /** `true`: only deals with an account; `false`: only those without one. */
  readonly linked?: boolean | undefined;
  /** A part of the reference, the account's name or the product line. */
  readonly search?: string | undefined;
}

interface DealRow {
  id: string;
  revision: string;
  partner_id: string;
  account_id: string | null;
  account_name: string | null;
  product_line: string | null;
  product_as_given: string | null;
  status: string | null;
  docket_id: string | null;
  site: string | null;
  deal_type: string | null;
  estimated_close: string | null;
  own_reference: string | null;
  project_reference: string | null;
  stage: string;
  value_minor_units: string | null;
  amended_minor_units: string | null;
  currency: string | null;
  opened_on: string | null;
  closed_on: string | null;
  source_system: string | null;
  source_reference: string | null;
  asserted_at: Date | null;
  recorded_at: Date;
  recorded_key: string;
}

/**
 * Every sale with its place on a docket, where it has one. What was filed is not discarded, even where the deal's own
 * note of that is still to come; its stage is its place, until the partner reports how far an approved one has come; and a
 * win that the vendor refused closed nothing.
 */
const DEALS = `(
  SELECT deal.id, deal.revision, deal.partner_id, coalesce(claim.account_id, deal.account_id) AS account_id,
    deal.account_name, coalesce(claim.product_line, deal.product_line) AS product_line,
    coalesce(claim.line_key, deal.line_key) AS line_key, deal.product_as_given,
    CASE deal.status WHEN 'legacy' THEN NULL ELSE coalesce(claim.status, 'draft') END AS status,
    claim.docket_id, deal.site, deal.deal_type, deal.estimated_close, deal.own_reference, deal.project_reference,
    CASE WHEN deal.status = 'legacy' OR claim.status = 'approved' THEN coalesce(deal.stage, claim.status)
      ELSE coalesce(claim.status, 'draft') END AS stage,
    deal.status = 'discarded' AND claim.deal_id IS NULL AS discarded,
    coalesce(claim.value_minor_units, deal.value_minor_units) AS value_minor_units, claim.amended_minor_units,
    coalesce(claim.currency, deal.currency) AS currency, deal.opened_on,
    CASE WHEN deal.outcome_id = ANY (claim.refused_wins) THEN NULL ELSE deal.closed_on END AS closed_on,
    deal.source_system, deal.source_reference, deal.asserted_at, deal.recorded_at, deal.search_text
  FROM rm.deal LEFT JOIN rm.claim ON claim.deal_id = deal.id) AS deal`;

// Days stay text: a driver would turn them into local midnights.
const COLUMNS = `id, revision, partner_id, account_id, account_name, product_line, product_as_given, stage,
  status, docket_id, site, deal_type, estimated_close::text, own_reference, project_reference,
  value_minor_units, amended_minor_units, currency, opened_on::text, closed_on::text, source_system, source_reference, asserted_at,
  recorded_at, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') AS recorded_key`;

const toDeal = (row: DealRow): Deal => ({
  id: row.id,
  revision: row.revision,
  partnerId: row.partner_id,
  accountId: row.account_id,
  accountName: row.account_name,
  productLine: row.product_line,
  productAsGiven: row.product_as_given,
  status: row.status,
  docketId: row.docket_id,
  site: row.site,
  dealType: row.deal_type,
  estimatedClose: row.estimated_close,
  ownReference: row.own_reference,
  projectReference: row.project_reference,
  stage: row.stage,
  value: toMoney(row.value_minor_units, row.currency),
  amendedValue: toMoney(row.amended_minor_units, row.currency),
  openedOn: row.opened_on,
  closedOn: row.closed_on,
  source:
    row.source_system === null || row.source_reference === null
      ? null
      : { system: row.source_system, reference: row.source_reference },
  assertedAt: row.asserted_at,
  recordedAt: row.recorded_at,
});

const toMoney = (minorUnits: string | null, currency: string | null): Money | null =>
  minorUnits === null || currency === null ? null : { minorUnits: Number(minorUnits), currency };

const whereOf = (filter: DealFilter): Where =>
  new Where()
    .and('NOT discarded')
    .andIf(filter.partnerId, 'partner_id = ?')
    .andIf(filter.accountId, 'account_id = ?')
    .andIf(filter.stages, 'stage = ANY(?)')
    .andIf(filter.statuses, 'status = ANY(?)')
    .andIf(filter.docketId, 'docket_id = ?')
    .andIf(filter.drafts, "(? OR status IS DISTINCT FROM 'draft')")
    .andIf(filter.lineKeys, 'line_key = ANY(?)')
    .andIf(filter.closedFrom, 'closed_on >= ?::date')
    .andIf(filter.closedTo, 'closed_on <= ?::date')
    .andIf(filter.linked, '(account_id IS NOT NULL) = ?')
    .andIf(filter.search ? `%${likeText(filter.search.toLowerCase())}%` : undefined, 'search_text LIKE ?');

/** Deals, the latest recorded first. Throws `UnknownCursor`. */
export const listDeals = async (
  database: Database,
  filter: DealFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<Deal>> => {
  const where = whereOf(filter);
  if (cursor !== undefined) where.and('(recorded_at, id) < (?::timestamptz, ?::uuid)', ...openCursor(cursor, 2));
  const rows = await database.query<DealRow>(
    `SELECT ${COLUMNS} FROM ${DEALS} ${where.toString()} ORDER BY recorded_at DESC, id DESC LIMIT ${limit + 1}`,
    where.parameters,
  );
  return toPage(rows, limit, (row) => [row.recorded_key, row.id], toDeal);
};

export const findDeal = async (database: Database, id: string): Promise<Deal | undefined> => {
  const [row] = await database.query<DealRow>(`SELECT ${COLUMNS} FROM ${DEALS} WHERE id = $1 AND NOT discarded`, [id]);
  return row && toDeal(row);
};

export interface Total {
  readonly count: number;
  /** `null` for the deals without a value. */
  readonly value: Money | null;
}

export interface PipelineTotal extends Total {
  readonly stage: string;
}

interface TotalRow {
  stage: string;
  currency: string | null;
  count: string;
  sum: string | null;
}

/** How many deals stand at each stage, and what they add up to, by currency. */
export const pipelineTotals = async (database: Database, filter: DealFilter): Promise<readonly PipelineTotal[]> => {
  const where = whereOf(filter);
  const rows = await database.query<TotalRow>(
    `SELECT stage, currency, count(*) AS count, sum(value_minor_units) AS sum
     FROM ${DEALS} ${where.toString()} GROUP BY stage, currency ORDER BY stage, currency NULLS LAST`,
    where.parameters,
  );
  return rows.map(({ stage, currency, count, sum }) => ({
    stage,
    count: Number(count),
    value: toMoney(sum, currency),
  }));
};

/** What a partner's won deals add up to by currency, closed behind the first day and up to the last one. */
export const wonRevenue = async (
  database: Database,
  partnerId: string,
  window: { readonly after: string; readonly through: string },
): Promise<readonly Total[]> => {
  const rows = await database.query<TotalRow>(
    `SELECT currency, count(*) AS count, sum(value_minor_units) AS sum
     FROM ${DEALS}
     WHERE partner_id = $1 AND stage = 'won' AND closed_on > $2::date AND closed_on <= $3::date AND currency IS NOT NULL
     GROUP BY currency ORDER BY currency`,
    [partnerId, window.after, window.through],
  );
  return rows.map(({ currency, count, sum }) => ({ count: Number(count), value: toMoney(sum, currency) }));
};
