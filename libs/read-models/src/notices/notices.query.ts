import type { Addressee, Template } from '@messages/notices';

import { type Database, openCursor, type Page, type PageRequest, toPage } from '../query';
import { Where } from '../where';
import { addressOf } from './address';

/** A notice as it stands in an inbox. */
export interface InboxNotice {
  readonly id: string;
  readonly revision: string;
  /** `partner/<id>`, `principal/<id>`, `role/<role>`. */
  readonly addressee: string;
  readonly template: Template;
  readonly templateVersion: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly subject: string;
  readonly eventId: string;
  readonly givenAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly mailedAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly bounceReason: string | null;
}

export interface InboxFilter {
  /** Whose notices: those addressed to one of these, and no others. */
  readonly addressees: readonly Addressee[];
  /** Only what is not acknowledged, or only what is. */
  readonly unread?: boolean | undefined;
}

interface NoticeRow {
  id: string;
  revision: string;
  addressee: string;
  template: Template;
  template_version: number;
  parameters: Readonly<Record<string, string>>;
  subject: string;
  event_id: string;
  given_at: Date;
  acknowledged_at: Date | null;
  mailed_at: Date | null;
  bounced_at: Date | null;
  bounce_reason: string | null;
}

const toNotice = (row: NoticeRow): InboxNotice => ({
  id: row.id,
  revision: row.revision,
  addressee: row.addressee,
  template: row.template,
  templateVersion: row.template_version,
  parameters: row.parameters,
  subject: row.subject,
  eventId: row.event_id,
  givenAt: row.given_at,
  acknowledgedAt: row.acknowledged_at,
  mailedAt: row.mailed_at,
  bouncedAt: row.bounced_at,
  bounceReason: row.bounce_reason,
});

const addressedTo = (addressees: readonly Addressee[]): Where =>
  new Where().and('addressee = ANY(?)', addressees.map(addressOf));

/** What stands in somebody's inbox, newest first. Throws `UnknownCursor`. */
export const listNotices = async (
  database: Database,
  { addressees, unread }: InboxFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<InboxNotice>> => {
  const where = addressedTo(addressees).andIf(unread, '(acknowledged_at IS NULL) = ?');
  // The cursor is the id: an ordinal outside would tell how much others are told.
  if (cursor !== undefined)
    where.and('ordinal < (SELECT ordinal FROM rm.notice WHERE id::text = ?)', ...openCursor(cursor, 1));
  const rows = await database.query<NoticeRow>(
    `SELECT * FROM rm.notice ${where.toString()} ORDER BY ordinal DESC LIMIT ${limit + 1}`,
    where.parameters,
  );
  return toPage(rows, limit, ({ id }) => [id], toNotice);
};

/** One notice, where it is addressed to one of these. */
export const findNotice = async (
  database: Database,
  id: string,
  addressees: readonly Addressee[],
): Promise<InboxNotice | undefined> => {
  const where = addressedTo(addressees).and('id = ?', id);
  const [row] = await database.query<NoticeRow>(`SELECT * FROM rm.notice ${where.toString()}`, where.parameters);
  return row && toNotice(row);
};
