import { type Database, openCursor, type Page, type PageRequest, toPage } from '../query';
import { Where } from '../where';

/** Something that one person proposed for a second one to adopt. */
export interface Proposal {
  /** Of a policy its version. */
  readonly proposalId: string;
  /** What it is about, and which one; `programme` where it is the programme itself. */
  readonly about: { readonly kind: ProposalKind; readonly id: string };
  readonly change: object;
  readonly reason: string;
  readonly status: 'open' | 'adopted' | 'withdrawn';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** Who adopted or withdrew it. */
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
}

export const proposalKinds = ['policy', 'rates', 'lines', 'partner', 'account', 'principal'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export interface ProposalFilter {
  readonly status?: Proposal['status'] | undefined;
  readonly kinds: readonly ProposalKind[];
  /** Whose own proposals are left out: what they cannot adopt. */
  readonly notBy?: string | undefined;
}

interface ProposalRow {
  category: ProposalKind;
  subject: string;
  proposal_id: string;
  change: object;
  reason: string;
  status: Proposal['status'];
  proposed_by: string;
  proposed_at: Date;
  closed_by: string | null;
  closed_at: Date | null;
}

const toProposal = (row: ProposalRow): Proposal => ({
  proposalId: row.proposal_id,
  about: { kind: row.category, id: row.subject },
  change: row.change,
  reason: row.reason,
  status: row.status,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  closedBy: row.closed_by,
  closedAt: row.closed_at,
});

/** Proposals, the one that has waited longest first. Throws `UnknownCursor`. */
export const listProposals = async (
  database: Database,
  { status, kinds, notBy }: ProposalFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<Proposal>> => {
  const where = new Where()
    .andIf(status, 'status = ?')
    .and('category = ANY(?)', kinds)
    // Nobody confirms what is said of themselves either.
    .andIf(notBy, `proposed_by <> ?`)
    .andIf(notBy, `NOT (category = 'principal' AND subject = ?)`);
  if (cursor !== undefined)
    where.and('(proposed_at, category, subject, proposal_id) > (?::timestamptz, ?, ?, ?)', ...openCursor(cursor, 4));
  const rows = await database.query<ProposalRow>(
    `SELECT * FROM rm.proposal ${where.toString()}
     ORDER BY proposed_at, category, subject, proposal_id LIMIT ${limit + 1}`,
    where.parameters,
  );
  return toPage(
    rows,
    limit,
    ({ proposed_at, category, subject, proposal_id }) => [proposed_at.toISOString(), category, subject, proposal_id],
    toProposal,
  );
};
