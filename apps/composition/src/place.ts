import { formatPosition, parsePosition, type Position } from '@tempore/kernel';
import type { Pool } from 'pg';

/** A process's place in the log: everything up to it is done. */
export interface Place {
  readonly process: string;
  /** Identity of the log. */
  readonly installationId: string;
}

/** Throws where the place was kept for another log. */
export const readPlace = async (pool: Pool, { process, installationId }: Place): Promise<Position | undefined> => {
  const { rows } = await pool.query<{ installation_id: string; position: string }>(
    'SELECT installation_id, position FROM ops.process_checkpoint WHERE process = $1',
    [process],
  );
  const [row] = rows;
  if (row && row.installation_id !== installationId)
    throw new Error(
      `The process ${process} stands in the log ${row.installation_id}, and this log is ${installationId}: connect the ` +
        'log and the database that belong together, or delete its row of ops.process_checkpoint to begin anew.',
    );
  return row && parsePosition(row.position);
};

export const savePlace = async (pool: Pool, { process, installationId }: Place, position: Position): Promise<void> => {
  await pool.query(
    `INSERT INTO ops.process_checkpoint (process, installation_id, position) VALUES ($1, $2, $3)
     ON CONFLICT (process) DO UPDATE SET position = excluded.position, saved_at = now()`,
    [process, installationId, formatPosition(position)],
  );
};
