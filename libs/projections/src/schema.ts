import { escapeIdentifier } from 'pg';

import { type Database, inTransaction, qualified } from './database';

/** The engine's own tables; no table of a view may have such a name. */
export const ENGINE_TABLES = ['checkpoints', 'live', 'parked'] as const;

/** Creates the schema and the engine's own tables where they are missing. Several processes may do so at once. */
export const ensureSchema = (database: Database): Promise<void> =>
  inTransaction(database.pool, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`tempore schema ${database.schema}`]);
    await tx.query(`create schema if not exists ${escapeIdentifier(database.schema)}`);
    await tx.query(`
      create table if not exists ${qualified(database, 'checkpoints')} (
        view text not null,
        version int not null,
        -- the log that the positions are of
        installation text not null,
        tables text[] not null,
        fingerprint text not null,
        -- commit/prepare
        position text,
        handled bigint not null default 0,
        status text not null default 'building',
        is_indexed boolean not null default false,
        error text,
        last_event_at timestamptz,
        heartbeat_at timestamptz,
        owner text,
        lease_until timestamptz,
        -- the fencing token: whoever commits under an older one is refused
        token bigint not null default 0,
        primary key (view, version)
      ) with (fillfactor = 50);
      create table if not exists ${qualified(database, 'live')} (
        view text primary key,
        version int not null,
        previous int
      );
      create table if not exists ${qualified(database, 'parked')} (
        view text not null,
        version int not null,
        ordinal bigint not null,
        stream text not null,
        event json not null,
        -- of the event that parked the stream; those that wait behind it have none
        error text,
        attempts int not null default 0,
        parked_at timestamptz not null default clock_timestamp(),
        primary key (view, version, ordinal)
      );
      create index if not exists parked_by_stream
        on ${qualified(database, 'parked')} (view, version, stream, ordinal)`);
  });

/** The channel on which commits and switches of views in this schema are told. */
export const channelOf = ({ schema }: Pick<Database, 'schema'>): string => `${schema}_views`;
