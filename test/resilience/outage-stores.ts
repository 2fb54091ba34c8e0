import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { erasePostgres, startPostgres } from '@tempore/embedded-postgres';
import { Client } from 'pg';

/** A PostgreSQL of a test's own, to be ill-treated. */
export interface OwnPostgres {
  /** The same after every start. */
  readonly url: string;
  readonly port: number;
  /** `kill -9`; returns when it is gone. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Ends it and removes its data. */
  readonly remove: () => Promise<void>;
}

export const startOwnPostgres = async (): Promise<OwnPostgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'tempore-postgres-'));
  // PostgreSQL, which never runs as root, has to get in.
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'postgres');
  let postgres = await startPostgres({ dataDir });
  const { url, port } = postgres;
  return {
    url,
    port,
    kill: async () => {
      process.kill(postgres.pid, 'SIGKILL');
      await postgres.exited;
    },
    start: async () => {
      postgres = await startPostgres({ dataDir, port });
    },
    remove: async () => {
      await postgres.stop();
      await erasePostgres(dataDir);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/**
 * Lets PostgreSQL refuse every row in the words that it has for a full disk. A really full one would take a file system
 * of its own, which only root can mount; what the product is told is the same.
 */
export const diskOf = (url: string): { readonly fill: () => Promise<void>; readonly empty: () => Promise<void> } => ({
  fill: () => administer(url, FILL),
  empty: () => administer(url, 'DROP FUNCTION public.no_room() CASCADE'),
});

const FILL = `
  CREATE FUNCTION public.no_room() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
  END $$;
  DO $$
  DECLARE place record;
  BEGIN
    FOR place IN SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('rm', 'ops', 'vault') LOOP
      EXECUTE format('CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON %I.%I EXECUTE FUNCTION public.no_room()',
        place.schemaname, place.tablename);
    END LOOP;
  END $$`;

const administer = async (connectionString: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
};
