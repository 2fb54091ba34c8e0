import { type Position, type StoredEvent } from '@tempore/kernel';

import { fromText, textOf, type ViewVersion } from './checkpoint';
import { type Database, qualified, type Queryable } from './database';
import type { ParkedEvent } from './interpret';

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

export const fromJson = (json: ParkedJson): StoredEvent => ({
  stream: json.stream,
  revision: BigInt(json.revision),
  id: json.id,
  type: json.type,
  data: json.data,
  metadata: json.metadata,
  position: fromText(json.position) as Position,
});
