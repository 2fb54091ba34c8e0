import type { ClaimTask } from '@state/dockets';

import { type Database, openCursor, type Page, type PageRequest, toPage } from '../query';

/** What a claim waits for, what it owes beside, and what comes of no claim. */
export const workKinds = [
  'offer',
  'question',
  'interest',
  'document',
  'protection',
  'contest',
  'review',
  'amendment',
  'win',
  'proposal',
  'bounce',
] as const satisfies readonly (ClaimTask | 'document' | 'proposal' | 'bounce')[];
export type WorkKind = (typeof workKinds)[number];

/** Something that waits for somebody. */
export interface WorkItem {
  readonly kind: WorkKind;
  /** `deal/<id>`, `proposal/<id>`, `notice/<id>`. */
  readonly subject: string;
  readonly since: Date;
  /** By when; null where nothing happens by itself. */
  readonly until: Date | null;
  readonly turn: 'partner' | 'vendor';
  readonly escalated: boolean;
}

/** Whose work it is: that of a partner's people, or that of one channel manager. */
export type Worker = { readonly partnerId: string } | { readonly channelManager: string };

interface WorkRow extends WorkItem {
  readonly until_key: string;
}

const OF_PARTNER = `
  SELECT task AS kind, 'deal/' || deal_id AS subject, task_since AS since, until, 'partner' AS turn, escalated
  FROM rm.claim WHERE task_turn = 'partner' AND partner_id = $1::uuid
  UNION ALL
  SELECT 'document', 'deal/' || deal_id, filed_at, document_due_at, 'partner', false
  FROM rm.claim WHERE owes_document AND partner_id = $1::uuid`;

/** What is somebody else's alone is left out; nobody adopts what they proposed. */
const OF_CHANNEL_MANAGER = `
  SELECT task AS kind, 'deal/' || deal_id AS subject, task_since AS since, until, 'vendor' AS turn, escalated
  FROM rm.claim WHERE task_turn = 'vendor' AND (assignee IS NULL OR assignee = $1)
  UNION ALL
  SELECT 'proposal', 'proposal/' || proposal_id, proposed_at, NULL, 'vendor', false
  FROM rm.proposal WHERE status = 'open' AND proposed_by <> $1 AND NOT (category = 'principal' AND subject = $1)
  UNION ALL
  SELECT 'bounce', subject, given_at, NULL, 'vendor', false
  FROM rm.notice WHERE addressee = 'role/channel-manager' AND template = 'mail-bounced' AND acknowledged_at IS NULL`;

/** Text that sorts as the instant does, with what has no end behind everything. */
const UNTIL_KEY = `coalesce(to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'), '~') COLLATE "C"`;

/** What waits for somebody, the nearest deadline first. Throws `UnknownCursor`. */
export const listWork = async (
  database: Database,
  worker: Worker,
  { limit, cursor }: PageRequest,
): Promise<Page<WorkItem>> => {
  const [work, whose] =
    'partnerId' in worker ? [OF_PARTNER, worker.partnerId] : [OF_CHANNEL_MANAGER, worker.channelManager];
  const after = cursor === undefined ? [] : openCursor(cursor, 3);
  const behind = cursor === undefined ? '' : 'WHERE (until_key, kind, subject) > ($2, $3, $4)';
  const rows = await database.query<WorkRow>(
    `SELECT * FROM (SELECT *, ${UNTIL_KEY} AS until_key FROM (${work}) AS work) AS keyed ${behind}
     ORDER BY until_key, kind, subject LIMIT ${limit + 1}`,
    [whose, ...after],
  );
  return toPage(
    rows,
    limit,
    ({ until_key, kind, subject }) => [until_key, kind, subject],
    ({ kind, subject, since, until, turn, escalated }) => ({ kind, subject, since, until, turn, escalated }),
  );
};
