import { type Position, type StoredEvent } from '@tempore/kernel';

import { fromText, textOf, type ViewVersion } from './checkpoint';
import { type Database, qualified, type Queryable } from './database';
import type { ParkedEvent } from './interpret';

/** A stream whose events wait for a view, because one of them could not be projected. */
export interface ParkedStream {
  readonly view: string;
  readonly version: number;
  readonly stream: string;
  readonly events: number;
  /** Why, as it was at the last try. */
  readonly error: string;
  readonly attempts: number;
  readonly since: Date;
}

export const listParked = async (database: Database): Promise<ParkedStream[]> => {
  const { rows } = await database.pool.query<ParkedStream>(
    `select view, version, stream, count(*)::int as events, max(error) as error, max(attempts)::int as attempts,
            min(parked_at) as since
     from ${qualified(database, 'parked')} group by view, version, stream order by min(parked_at), view, stream`,
  );
  return rows;
};

/** The events of one stream that wait for a view, in order. */
export const showParked = async (
  database: Database,
  { name, version }: ViewVersion,
  stream: string,
  tx: Queryable = database.pool,
): Promise<ParkedEvent[]> => {
  const { rows } = await tx.query(
    `select ordinal, event, error from ${qualified(database, 'parked')}
     where view = $1 and version = $2 and stream = $3 order by ordinal`,
    [name, version, stream],
  );
  return (rows as { ordinal: string; event: ParkedJson; error: string | null }[]).map((row) => ({
    ordinal: BigInt(row.ordinal),
    event: fromJson(row.event),
    error: row.error,
  }));
};

/** The streams of which events wait, for a view. */
export const parkedStreams = async (database: Database, { name, version }: ViewVersion): Promise<Set<string>> => {
  const { rows } = await database.pool.query<{ stream: string }>(
    `select distinct stream from ${qualified(database, 'parked')} where view = $1 and version = $2`,
    [name, version],
  );
  return new Set(rows.map(({ stream }) => stream));
};

export const park = async (
  tx: Queryable,
  database: Database,
  { name, version }: ViewVersion,
  parked: readonly ParkedEvent[],
): Promise<void> => {
  if (parked.length === 0) return;
  await tx.query(
    `insert into ${qualified(database, 'parked')} (view, version, ordinal, stream, event, error, attempts)
     select $1, $2, u.ordinal, u.stream, u.event::json, u.error, case when u.error is null then 0 else 1 end
     from unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) as u (ordinal, stream, event, error)`,
    [
      name,
      version,
      parked.map(({ ordinal }) => ordinal.toString()),
      parked.map(({ event }) => event.stream),
      parked.map(({ event }) => toJson(event)),
      parked.map(({ error }) => error?.replaceAll('\0', '') ?? null),
    ],
  );
};

interface ParkedJson {
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly data?: unknown;
  readonly metadata?: unknown;
  readonly position: string;
}

const toJson = ({ stream, revision, id, type, data, metadata, position }: StoredEvent): string => {
  const json: ParkedJson = {
    stream,
    revision: revision.toString(),
    id,
    type,
    data,
    metadata,
    position: textOf(position) ?? '',
  };
  return JSON.stringify(json);
};

const fromJson = (json: ParkedJson): StoredEvent => ({
  stream: json.stream,
  revision: BigInt(json.revision),
  id: json.id,
  type: json.type,
  data: json.data,
  metadata: json.metadata,
  position: fromText(json.position) as Position,
});
