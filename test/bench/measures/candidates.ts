import { deriveId } from '@tempore/kernel';
import { type Database, findCandidates, possibleConflictsView } from '@tempore/read-models';

import { MemoryLog } from '../../../libs/projections/test/memory-log';
import { companyNames } from '../../../libs/read-models/test/company-names';
import { withBuiltViews } from '../built-views';
import type { Measure } from '../measure';
import { quantile, timed } from '../rounds';

const SEED = 7;

export const candidates: Measure = {
  name: 'candidates',
  why: 'the customers that a name may mean, of all accounts',
  run: async ({ accounts, times }) => {
    const { next, written } = companyNames(SEED);
    const names = Array.from({ length: accounts }, next);
    const log = new MemoryLog({ batchSize: 1_000 });
    for (const [index, legalName] of names.entries()) {
      const opening = { legalName, country: null, keys: [], source: null };
      log.append(`account-${deriveId('account', index.toString())}`, 'account-opened', opening);
    }
    return withBuiltViews(log.source, [possibleConflictsView], async (pool) => {
      await pool.query('CREATE TABLE plain (name text)');
      await pool.query('INSERT INTO plain SELECT unnest($1::text[])', [names]);
      await pool.query('CREATE INDEX ON plain USING gin (name gin_trgm_ops)');
      await pool.query('ANALYZE plain');
      const readSide: Database = {
        query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
          (await pool.query(sql, [...parameters])).rows as Row[],
      };
      const plain = (name: string): Promise<unknown> =>
        pool.query('SELECT name FROM plain WHERE name % $1 ORDER BY similarity(name, $1) DESC LIMIT 10', [name]);
      const bare: number[] = [];
      const ours: number[] = [];
      for (let turn = -times; turn < times; turn++) {
        const name = written(names[Math.abs(turn * 7_919) % names.length] ?? '');
        const found = await timed(() => plain(name));
        const asked = await timed(() => findCandidates(readSide, name, 10));
        if (turn < 0) continue;
        bare.push(found);
        ours.push(asked);
      }
      return [0.5, 0.99].map((share) => ({
        what: `candidates of ${accounts} accounts, p${share * 100}`,
        value: quantile(ours, share),
        unit: 'ms',
        peer: { what: `plain pg_trgm, p${share * 100}`, value: quantile(bare, share) },
        ratio: quantile(ours, share) / quantile(bare, share),
        ...(share === 0.99 && { aim: { of: 'value' as const, most: 20 } }),
      }));
    });
  },
};
