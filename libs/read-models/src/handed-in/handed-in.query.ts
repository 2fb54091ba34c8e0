import type { Database } from '../query';

/** Whether a document or a person stands in something that was filed, answered or put on record, and not in drafts alone. */
export const isHandedIn = async (database: Database, id: string): Promise<boolean> =>
  (
    await database.query(
      `SELECT FROM rm.handed_in_piece AS piece
       WHERE id = $1 AND (NOT drafted OR EXISTS (SELECT FROM rm.filed_statement WHERE event_id = piece.event_id))
       LIMIT 1`,
      [id],
    )
  ).length > 0;
