import type { Instant } from '@tempore/kernel';
import type { SealedPerson } from '@messages/people';

import type { Database } from '../query';

export interface LegalHoldOnPerson {
  readonly id: string;
  readonly reason: string;
  readonly until: Date | null;
  readonly placedAt: Date;
  readonly liftedAt: Date | null;
}

/** A natural person with everything that is known of them, still sealed. */
export interface KnownPerson {
  readonly id: string;
  /** The organisation that entered the person; null where the vendor did. */
  readonly partnerId: string | null;
  /** Null once erased. */
  readonly fields: SealedPerson['fields'] | null;
  readonly erasureRequestedAt: Date | null;
  readonly erasedAt: Date | null;
  readonly holds: readonly LegalHoldOnPerson[];
}

interface PersonRow {
  id: string;
  partner_id: string | null;
  fields: SealedPerson['fields'] | null;
  requested_at: Date | null;
  erased_at: Date | null;
}

interface HoldRow {
  id: string;
  reason: string;
  until: Date | null;
  placed_at: Date;
  lifted_at: Date | null;
}

const toHold = ({ id, reason, until, placed_at, lifted_at }: HoldRow): LegalHoldOnPerson => ({
  id,
  reason,
  until,
  placedAt: placed_at,
  liftedAt: lifted_at,
});

export const findPerson = async (database: Database, id: string): Promise<KnownPerson | undefined> => {
  const [row] = await database.query<PersonRow>(
    `SELECT person.*, requested_at, erased_at
     FROM rm.person LEFT JOIN rm.person_erasure ON person_id = person.id WHERE person.id = $1`,
    [id],
  );
  if (!row) return undefined;
  const holds = await database.query<HoldRow>(
    'SELECT * FROM rm.legal_hold WHERE person_id = $1 ORDER BY placed_at, id',
    [id],
  );
  return {
    id: row.id,
    partnerId: row.partner_id,
    fields: row.erased_at === null ? row.fields : null,
    erasureRequestedAt: row.requested_at,
    erasedAt: row.erased_at,
    holds: holds.map(toHold),
  };
};

/** Persons who asked to be forgotten before an instant, are not, and are held up by nothing now; the longest waiting first. */
export const listOpenErasures = async (
  database: Database,
  { askedBefore, now, limit }: { readonly askedBefore: Instant; readonly now: Instant; readonly limit: number },
): Promise<readonly string[]> => {
  const rows = await database.query<{ person_id: string }>(
    `SELECT person_id FROM rm.person_erasure
     WHERE erased_at IS NULL AND requested_at < $1 AND NOT EXISTS (
       SELECT FROM rm.legal_hold WHERE legal_hold.person_id = person_erasure.person_id
       AND lifted_at IS NULL AND (until IS NULL OR until > $2))
     ORDER BY requested_at, person_id LIMIT ${limit}`,
    [askedBefore, now],
  );
  return rows.map(({ person_id }) => person_id);
};

/** An erasure that nothing holds up any more from an instant on. */
export interface DueErasure {
  readonly personId: string;
  readonly dueAt: Date;
}

/** The erasures that are due by an instant, the earliest first: asked for, and held by nothing from then on. */
export const dueErasures = (database: Database, by: Instant, limit: number): Promise<DueErasure[]> =>
  database.query<DueErasure>(
    `SELECT person_id AS "personId", due_at AS "dueAt" FROM (
       SELECT person_erasure.person_id,
         greatest(requested_at, max(until) FILTER (WHERE lifted_at IS NULL)) AS due_at,
         bool_or(id IS NOT NULL AND lifted_at IS NULL AND until IS NULL) AS held
       FROM rm.person_erasure LEFT JOIN rm.legal_hold ON legal_hold.person_id = person_erasure.person_id
       WHERE erased_at IS NULL GROUP BY person_erasure.person_id, requested_at
     ) AS open
     WHERE NOT held AND due_at <= $1::timestamptz ORDER BY due_at, person_id LIMIT ${limit}`,
    [by],
  );
