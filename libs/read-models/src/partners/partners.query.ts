import { type Database, openCursor, type Page, type PageRequest, toPage } from '../query';
import { likeText, Where } from '../where';

export interface Partner {
  readonly id: string;
  readonly revision: string;
  readonly status: 'applied' | 'active' | 'suspended' | 'ended';
  readonly legalName: string;
  readonly country: string;
  readonly website: string | null;
  readonly source: { readonly system: string; readonly reference: string } | null;
  readonly agreement: { readonly tier: string; readonly from: Date } | null;
  /** Why it is suspended or ended. */
  readonly reason: string | null;
  readonly appliedAt: Date;
  readonly changedAt: Date;
}

export interface PartnerFilter {
  /** Only this partner: the scope of a partner's own people. */
  readonly id?: string | undefined;
  readonly status?: Partner['status'] | undefined;
  /** A part of the name. */
  readonly search?: string | undefined;
}

interface PartnerRow {
  id: string;
  revision: string;
  status: Partner['status'];
  legal_name: string;
  country: string;
  website: string | null;
  source_system: string | null;
  source_reference: string | null;
  tier: string | null;
  tier_from: Date | null;
  reason: string | null;
  applied_at: Date;
  changed_at: Date;
}

const toPartner = (row: PartnerRow): Partner => ({
  id: row.id,
  revision: row.revision,
  status: row.status,
  legalName: row.legal_name,
  country: row.country,
  website: row.website,
  source:
    row.source_system !== null && row.source_reference !== null
      ? { system: row.source_system, reference: row.source_reference }
      : null,
  agreement: row.tier !== null && row.tier_from !== null ? { tier: row.tier, from: row.tier_from } : null,
  reason: row.reason,
  appliedAt: row.applied_at,
  changedAt: row.changed_at,
});

/** Partners by name. Throws `UnknownCursor`. */
export const listPartners = async (
  database: Database,
  filter: PartnerFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<Partner>> => {
  const where = new Where()
    .andIf(filter.id, 'id = ?')
    .andIf(filter.status, 'status = ?')
    .andIf(filter.search ? `%${likeText(filter.search.toLowerCase())}%` : undefined, 'lower(legal_name) LIKE ?');
  if (cursor !== undefined) where.and('(legal_name, id) > (?, ?::uuid)', ...openCursor(cursor, 2));
  const rows = await database.query<PartnerRow>(
    `SELECT * FROM rm.partner ${where.toString()} ORDER BY legal_name, id LIMIT ${limit + 1}`,
    where.parameters,
  );
  return toPage(rows, limit, (row) => [row.legal_name, row.id], toPartner);
};

export const findPartner = async (database: Database, id: string): Promise<Partner | undefined> => {
  const [row] = await database.query<PartnerRow>('SELECT * FROM rm.partner WHERE id = $1', [id]);
  return row && toPartner(row);
};
