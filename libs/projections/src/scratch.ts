import { randomUUID } from 'node:crypto';

import { escapeIdentifier } from 'pg';

import { type Database, inTransaction } from './database';
import type { LogSource } from './log-source';
import { type BuildProgress, progressMeter } from './progress';
import type { Projection } from './projection';
import { Replay, type TransactionWork } from './replay';
import { checkDeclaration, createTables } from './tables';
import { placeOf } from './views';

export interface ReplayOptions {
  readonly database: Database;
  readonly source: LogSource;
  readonly view: Projection;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/**
 * Replays the log for a view into a scratch schema, as far as the view itself stands, and hands that over; the schema
 * is dropped afterwards. The view's worker goes on meanwhile.
 */
export const replayBeside = async <T>(
  { database, source, view, signal, onProgress }: ReplayOptions,
  work: (replay: Replay, scratch: Pick<Database, 'schema'>) => Promise<T>,
): Promise<T> => {
  checkDeclaration(view);
  const { pool, schema } = database;
  const scratch = { schema: `${schema}_scratch_${randomUUID().slice(0, 8)}` };
  await pool.query(`create schema ${escapeIdentifier(scratch.schema)}`);
  try {
    await createTables(pool, scratch, view);
    const replay = new Replay(view, source, scratch);
    const place = await placeOf(pool, database, view);
    if (place) {
      const measure = progressMeter(place);
      const inBatch = async (batch: TransactionWork): Promise<void> => {
        await inTransaction(pool, batch);
        onProgress?.(measure(replay.position, replay.handled));
      };
      await replay.advance(place, inBatch, signal);
    }
    return await work(replay, scratch);
  } finally {
    await pool.query(`drop schema ${escapeIdentifier(scratch.schema)} cascade`);
  }
};
