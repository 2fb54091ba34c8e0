import type { Database } from '../query';
import { Where } from '../where';

/** An event under its number, with what is needed to show or to find it. */
export interface SequencedEvent {
  /** 20 digits, zero-padded: text order is log order. */
  readonly sequence: string;
  readonly id: string;
  readonly stream: string;
  readonly category: string;
  readonly subject: string;
  readonly revision: string;
  readonly type: string;
  /** Of the shape that the data has; null where the event does not say. */
  readonly schemaVersion: number | null;
  readonly actor: string | null;
  readonly correlation: string | null;
  readonly causation: string | null;
  readonly command: string | null;
  readonly recordedAt: Date | null;
  readonly occurredAt: Date | null;
  readonly partnerId: string | null;
  readonly accountId: string | null;
  readonly dealId: string | null;
  readonly data: unknown;
}

/** What events are searched by; all that is given has to hold. */
export interface SequenceFilter {
  readonly category?: string | undefined;
  readonly subject?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly actor?: string | undefined;
  readonly correlation?: string | undefined;
  readonly command?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly dealId?: string | undefined;
}

export interface SequencePage {
  readonly events: readonly SequencedEvent[];
  /** The last number looked at: every matching event up to here has been shown. Ask for what comes after it. */
  readonly through: string;
}

const DIGITS = 20;

/** `00000000000000000042`. */
export const formatSequence = (sequence: bigint | string): string => sequence.toString().padStart(DIGITS, '0');

/** Throws a RangeError where the text is no sequence: 20 digits, zero for what comes before the first event. */
export const parseSequence = (text: string): bigint => {
  if (!/^\d{20}$/.test(text))
    throw new RangeError(`"${text}" is not a sequence: 20 digits such as ${formatSequence(42n)}`);
  return BigInt(text);
};

interface SequenceRow {
  sequence: string;
  id: string;
  stream: string;
  category: string;
  subject: string;
  revision: string;
  type: string;
  schema_version: number | null;
  actor: string | null;
  correlation: string | null;
  causation: string | null;
  command: string | null;
  recorded_at: Date | null;
  occurred_at: Date | null;
  partner_id: string | null;
  account_id: string | null;
  deal_id: string | null;
  data: unknown;
}

const toEvent = (row: SequenceRow): SequencedEvent => ({
  sequence: formatSequence(row.sequence),
  id: row.id,
  stream: row.stream,
  category: row.category,
  subject: row.subject,
  revision: row.revision,
  type: row.type,
  schemaVersion: row.schema_version,
  actor: row.actor,
  correlation: row.correlation,
  causation: row.causation,
  command: row.command,
  recordedAt: row.recorded_at,
  occurredAt: row.occurred_at,
  partnerId: row.partner_id,
  accountId: row.account_id,
  dealId: row.deal_id,
  data: row.data,
});

/** Events in log order behind a sequence, `limit` of them at most. Throws a RangeError where `after` is no sequence. */
export const listEvents = async (
  database: Database,
  filter: SequenceFilter,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<SequencePage> => {
  const where = new Where()
    .and('sequence > ?', parseSequence(after).toString())
    .andIf(filter.category, 'category = ?')
    .andIf(filter.subject, 'subject = ?')
    .andIf(filter.types, 'type = ANY(?)')
    .andIf(filter.actor, 'actor = ?')
    .andIf(filter.correlation, 'correlation = ?')
    .andIf(filter.command, 'command = ?')
    .andIf(filter.partnerId, 'partner_id = ?')
    .andIf(filter.accountId, 'account_id = ?')
    .andIf(filter.dealId, 'deal_id = ?');
  // Read before the page: what comes in between is shown by the next one.
  const head = await lastSequence(database);
  const rows = await database.query<SequenceRow>(
    `SELECT * FROM rm.sequence ${where.toString()} ORDER BY sequence LIMIT ${limit}`,
    where.parameters,
  );
  const events = rows.map(toEvent);
  const last = events.at(-1)?.sequence ?? after;
  return { events, through: events.length === limit || last > head ? last : head > after ? head : after };
};

/** The number of the newest event; all zeros where there is none. */
export const lastSequence = async (database: Database): Promise<string> => {
  const [row] = await database.query<{ last: string }>('SELECT coalesce(max(sequence), 0) AS last FROM rm.sequence');
  return formatSequence(row?.last ?? 0n);
};
