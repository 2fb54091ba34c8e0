import type { Money } from '@tempore/kernel';

import { type Database, openCursor, type Page, type PageRequest, toPage } from '../query';
import { Where } from '../where';

export interface Claim {
  readonly dealId: string;
  readonly docketId: string;
  readonly partnerId: string;
  /** The customer was one of the partner's named accounts when it filed. */
  readonly aligned: boolean;
  readonly accountId: string;
  readonly productLine: string;
  readonly site: string | null;
  readonly round: number;
  readonly dealType: string;
  /** In the programme's currency. */
  readonly value: Money;
  /** What it would be worth by an amendment that waits for a person; null where none does. */
  readonly amendedValue: Money | null;
  readonly status: string;
  /** Code or words that go with the status. */
  readonly reason: string | null;
  /** Whose turn it is: `partner`, `vendor`, `paused`, or nobody's. */
  readonly turn: string | null;
  readonly filedAt: Date;
  readonly since: Date;
  /** When the one whose turn it is has to be done, or what is so now ends by itself. */
  readonly until: Date | null;
  readonly escalated: boolean;
  /** Pseudonymous id of whoever picked it up. */
  readonly reviewer: string | null;
  readonly amendmentPending: boolean;
  readonly winPending: boolean;
}

export interface ClaimFilter {
  readonly partnerId?: string | undefined;
  readonly docketId?: string | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly turn?: string | undefined;
  readonly reviewer?: string | undefined;
  readonly escalated?: boolean | undefined;
}

interface ClaimRow {
  deal_id: string;
  docket_id: string;
  partner_id: string;
  aligned: boolean;
  account_id: string;
  product_line: string;
  site: string | null;
  round: number;
  deal_type: string;
  value_minor_units: string;
  amended_minor_units: string | null;
  currency: string;
  status: string;
  reason: string | null;
  turn: string | null;
  filed_at: Date;
  since: Date;
  until: Date | null;
  escalated: boolean;
  reviewer: string | null;
  win_id: string | null;
}

interface QueuedRow extends ClaimRow {
  until_key: string;
  filing_sequence: string;
}

const toClaim = (row: ClaimRow): Claim => ({
  dealId: row.deal_id,
  docketId: row.docket_id,
  partnerId: row.partner_id,
  aligned: row.aligned,
  accountId: row.account_id,
  productLine: row.product_line,
  site: row.site,
  round: row.round,
  dealType: row.deal_type,
  value: { minorUnits: Number(row.value_minor_units), currency: row.currency },
  amendedValue:
    row.amended_minor_units === null ? null : { minorUnits: Number(row.amended_minor_units), currency: row.currency },
  status: row.status,
  reason: row.reason,
  turn: row.turn,
  filedAt: row.filed_at,
  since: row.since,
  until: row.until,
  escalated: row.escalated,
  reviewer: row.reviewer,
  amendmentPending: row.amended_minor_units !== null,
  winPending: row.win_id !== null,
});

/** Text that sorts as the instant does, with what has no end behind everything. */
const UNTIL_KEY = `coalesce(to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'), '~') COLLATE "C"`;

/** SQL: the sequence of a claim's filing; null where that is not numbered yet. */
export const filingSequence = (claim: string): string =>
  `(SELECT sequence FROM rm.sequence WHERE deal_id = ${claim}.deal_id::text AND id = ${claim}.filing_id)`;

/** Behind every number that there is. */
const UNNUMBERED = '9223372036854775807';

const whereOf = (filter: ClaimFilter): Where =>
  new Where()
    .andIf(filter.partnerId, 'partner_id = ?')
    .andIf(filter.docketId, 'docket_id = ?')
    .andIf(filter.statuses, 'status = ANY(?)')
    .andIf(filter.turn, 'turn = ?')
    .andIf(filter.reviewer, 'reviewer = ?')
    .andIf(filter.escalated, 'escalated = ?');

/**
 * The review queue: claims of aligned partners first, then by what is due next, then in the order of their filing. Throws
 * `UnknownCursor`.
 */
export const listClaims = async (
  database: Database,
  filter: ClaimFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<Claim>> => {
  const where = whereOf(filter);
  if (cursor !== undefined)
    where.and(`(NOT aligned, until_key, filing_sequence) > (?::boolean, ?, ?::bigint)`, ...openCursor(cursor, 3));
  const rows = await database.query<QueuedRow>(
    `SELECT * FROM (
       SELECT *, ${UNTIL_KEY} AS until_key, coalesce(${filingSequence('claim')}, ${UNNUMBERED}) AS filing_sequence
       FROM rm.claim) AS queued
     ${where.toString()} ORDER BY NOT aligned, until_key, filing_sequence LIMIT ${limit + 1}`,
    where.parameters,
  );
  return toPage(rows, limit, (row) => [(!row.aligned).toString(), row.until_key, row.filing_sequence], toClaim);
};

/** The claims of one docket in order of rank. */
export const claimsOfDocket = async (database: Database, docketId: string): Promise<readonly Claim[]> => {
  const rows = await database.query<ClaimRow>('SELECT * FROM rm.claim WHERE docket_id = $1 ORDER BY rank', [docketId]);
  return rows.map(toClaim);
};

export const findClaim = async (database: Database, dealId: string): Promise<Claim | undefined> => {
  const [row] = await database.query<ClaimRow>('SELECT * FROM rm.claim WHERE deal_id = $1', [dealId]);
  return row && toClaim(row);
};

/** A docket on which something happens by itself, and when. */
export interface Timer {
  readonly docketId: string;
  readonly dueAt: Date;
}

/** The dockets on which something happens by itself, the earliest first. Throws `UnknownCursor`. */
export const listTimers = async (database: Database, { limit, cursor }: PageRequest): Promise<Page<Timer>> => {
  const where = new Where().and('due_at IS NOT NULL');
  if (cursor !== undefined) where.and('(due_at, id) > (?::timestamptz, ?::uuid)', ...openCursor(cursor, 2));
  const rows = await database.query<{ docket_id: string; due_at: Date; due_key: string }>(
    `SELECT id AS docket_id, due_at, to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') AS due_key
     FROM rm.docket ${where.toString()} ORDER BY due_at, id LIMIT ${limit + 1}`,
    where.parameters,
  );
  return toPage(
    rows,
    limit,
    (row) => [row.due_key, row.docket_id],
    (row) => ({ docketId: row.docket_id, dueAt: row.due_at }),
  );
};

/** The dockets on which something is due by an instant, the earliest first. */
export const dueTimers = async (database: Database, by: string, limit: number): Promise<readonly Timer[]> =>
  database.query<Timer>(
    `SELECT id AS "docketId", due_at AS "dueAt" FROM rm.docket
     WHERE due_at <= $1::timestamptz ORDER BY due_at, id LIMIT ${limit}`,
    [by],
  );

/** The dockets on which a clock has waited for its notice since before an instant. */
export const waitingClocks = async (
  database: Database,
  before: string,
  limit: number,
): Promise<readonly Pick<Timer, 'docketId'>[]> =>
  database.query<Pick<Timer, 'docketId'>>(
    `SELECT id AS "docketId" FROM rm.docket
     WHERE waits_since < $1::timestamptz ORDER BY waits_since, id LIMIT ${limit}`,
    [before],
  );
