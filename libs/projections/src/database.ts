import { escapeIdentifier, type ClientBase, type Pool, type QueryConfig, type QueryResult } from 'pg';

/** Where views live: a database, and the schema in it that holds nothing but what can be built again. */
export interface Database {
  readonly pool: Pool;
  /** `rm`, unless several installations share one database. */
  readonly schema: string;
}

/** Anything that answers SQL: a pool, a connection, a connection within its transaction. */
export interface Queryable {
  query(sql: string | QueryConfig, params?: unknown[]): Promise<Pick<QueryResult, 'rows' | 'rowCount'>>;
}

/** SQL that takes as long as there are rows, or as somebody else takes: the pool’s limit is not for it. */
export const unhurried = (text: string): QueryConfig & { readonly query_timeout: number } => ({
  text,
  query_timeout: 2 ** 31 - 1,
});

/** `"rm"."checkpoints"`. */
export const qualified = ({ schema }: Pick<Database, 'schema'>, name: string): string =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;

/** Runs `work` in one transaction on one connection; rolls back and throws what it throws. */
export const inTransaction = async <T>(
  pool: Pool,
  work: (tx: ClientBase) => Promise<T>,
  begin = 'begin',
): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken ??= failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
};
