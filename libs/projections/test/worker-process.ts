import { Pool } from 'pg';

import { startProjections } from '../src';
import { numberedLog } from './numbered-log';
import { numbers } from './views';

/** What a test tells the process to do; signals are sent to itself, amid a transaction. */
export interface WorkerOrders {
  readonly url: string;
  readonly schema: string;
  readonly events: number;
  readonly leaseMs: number;
  /** Between the rows and the checkpoint of the batch with this number. */
  readonly at?: number;
  readonly signal?: 'SIGKILL' | 'SIGSTOP';
}

const main = async ({ url, schema, events, leaseMs, at, signal }: WorkerOrders): Promise<void> => {
  const pool = new Pool({ connectionString: url });
  pool.on('error', () => undefined);
  await startProjections({
    database: { pool, schema },
    source: numberedLog(events).source,
    installation: 'log-1',
    views: [
      {
        ...numbers,
        settle: (_, changed) => {
          const numbersOfBatch = changed.map((change) => (change.op === 'put' ? Number(change.row['n']) : 0));
          if (at !== undefined && signal && numbersOfBatch.includes(at)) process.kill(process.pid, signal);
          return Promise.resolve();
        },
      },
    ],
    settings: { leaseMs, batchSize: 20, quietMs: 50 },
    tell: (note) => process.send?.(note.kind),
  });
};

process.on('disconnect', () => process.exit());
void main(JSON.parse(process.argv[2] ?? '') as WorkerOrders);
