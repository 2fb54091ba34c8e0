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
