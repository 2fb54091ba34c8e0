import { type Database, openCursor, type Page, type PageRequest, toPage } from '../query';
import { VALUE_BEFORE_FILING } from '../claims/values.query';
import { formatSequence } from '../sequence/sequence.query';
import { Where } from '../where';
import { possibleConflictsView } from './conflicts.view';
import { findLikeNames, type LikeName, type NearRow } from './like-names';

/** Two customers that may be one. It decides nothing: a person looks. */
export interface PossibleConflict {
  /** Each with the name, of all it ever had, that is most like the other's. */
  readonly accounts: readonly [ConflictingAccount, ConflictingAccount];
  /** From 0.5 to 1. */
  readonly score: number;
  readonly reasons: readonly string[];
  /** Of the event that brought the later of the two names. */
  readonly sequence: string;
}

export interface ConflictingAccount {
  readonly id: string;
  readonly name: string;
}

export interface ConflictFilter {
  readonly accountId?: string | undefined;
  readonly minScore?: number | undefined;
}

interface ConflictRow {
  account_id: string;
  name: string;
  other_id: string;
  other_name: string;
  score: number;
  reasons: readonly string[];
  sequence: string;
}

const toConflict = (row: ConflictRow): PossibleConflict => ({
  accounts: [
    { id: row.account_id, name: row.name },
    { id: row.other_id, name: row.other_name },
  ],
  score: row.score,
  reasons: row.reasons,
  sequence: formatSequence(row.sequence),
});

/** Possible conflicts, the most alike first, of these the latest. Throws `UnknownCursor`. */
export const listPossibleConflicts = async (
  database: Database,
  { accountId, minScore }: ConflictFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<PossibleConflict>> => {
  const where = new Where().andIf(minScore, 'score >= ?');
  if (accountId !== undefined) where.and('(account_id = ? OR other_id = ?)', accountId, accountId);
  if (cursor !== undefined)
    where.and(
      '(score, sequence, account_id, other_id) < (?::float8, ?::bigint, ?::uuid, ?::uuid)',
      ...openCursor(cursor, 4),
    );
  const rows = await database.query<ConflictRow>(
    `SELECT * FROM rm.possible_conflict ${where.toString()}
     ORDER BY score DESC, sequence DESC, account_id DESC, other_id DESC LIMIT ${limit + 1}`,
    where.parameters,
  );
  return toPage(
    rows,
    limit,
    ({ score, sequence, account_id, other_id }) => [score.toString(), sequence, account_id, other_id],
    toConflict,
  );
};

/** A customer that a name may mean. */
export interface Candidate {
  readonly accountId: string;
  /** The name, of all that the customer ever had, that is most like the one asked for. */
  readonly name: string;
  /** From 0.5 to 1. */
  readonly score: number;
  readonly reasons: readonly string[];
}

export interface Candidates {
  /** The last event that the answer knows of. */
  readonly sequence: string;
  /** The most alike first. */
  readonly candidates: readonly Candidate[];
}

/** How far a view is that readers see, by its name. */
const HANDLED = 'SELECT handled FROM rm.checkpoints JOIN rm.live USING (view, version) WHERE view';

/** How far this one is. */
const viewSequence = async (database: Database): Promise<bigint> => {
  const [row] = await database.query<{ handled: string }>(`${HANDLED} = $1`, [possibleConflictsView.name]);
  return BigInt(row?.handled ?? 0);
};

/** The customers that a name may mean, `limit` of them at most. */
export const findCandidates = async (database: Database, name: string, limit: number): Promise<Candidates> =>
  candidatesAt(database, name, limit, await viewSequence(database));

/** What views knew of a customer by a filing. */
export interface AdviceOnFiling extends Candidates {
  /** What the partner's group had claimed on the customer's other dockets, in minor units of the programme's currency. */
  readonly elsewhere: number;
}

interface SeenFiling {
  sequence: string;
  handled: string | null;
  elsewhere: string | null;
}

/**
 * The customers that a name may mean, of those that the filing of a deal found in the log, and what its partner's group
 * had claimed beside it; undefined where the views have not come so far. What came behind it makes no difference.
 */
export const adviceOnFiling = async (
  database: Database,
  {
    dealId,
    filingId,
    name,
    limit,
  }: { readonly dealId: string; readonly filingId: string; readonly name: string; readonly limit: number },
): Promise<AdviceOnFiling | undefined> => {
  const [filing] = await database.query<SeenFiling>(
    `SELECT sequence, (${HANDLED} = $3) AS handled, (${VALUE_BEFORE_FILING}) AS elsewhere
     FROM rm.sequence WHERE deal_id = $4 AND id = $2`,
    [dealId, filingId, possibleConflictsView.name, dealId],
  );
  if (!filing || filing.elsewhere === null || BigInt(filing.handled ?? 0) < BigInt(filing.sequence)) return undefined;
  const candidates = await candidatesAt(database, name, limit, BigInt(filing.sequence));
  return { ...candidates, elsewhere: Number(filing.elsewhere) };
};

const candidatesAt = async (database: Database, name: string, limit: number, sequence: bigint): Promise<Candidates> => {
  const [like = []] = await findLikeNames(
    (sql, parameters) => database.query<NearRow>(sql, parameters),
    'rm.filed_name',
    [{ name, before: sequence + 1n, accountId: null }],
  );
  const best = new Map<string, LikeName>();
  for (const one of like) if (one.score > (best.get(one.accountId)?.score ?? 0)) best.set(one.accountId, one);
  return {
    sequence: formatSequence(sequence),
    candidates: [...best.values()]
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ accountId, name: known, score, reasons }) => ({ accountId, name: known, score, reasons })),
  };
};
