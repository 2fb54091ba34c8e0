import { scoreNames } from '@messages/accounts';
import { deriveId } from '@tempore/kernel';
import { type Database, verify } from '@tempore/projections';

import { MemoryLog } from '../../../projections/test/memory-log';
import { companyNames } from '../../test/company-names';
import { freshReadSide, type ReadSide } from '../../test/projected';
import { findCandidates, listPossibleConflicts } from './conflicts.query';
import { possibleConflictsView } from './conflicts.view';

let readSide: ReadSide;
beforeAll(async () => {
  readSide = await freshReadSide();
});
afterAll(() => readSide.drop());

const idOf = (index: number): string => deriveId('account', index.toString());

const aLog = (names: readonly string[], batchSize: number): MemoryLog => {
  const log = new MemoryLog({ batchSize });
  for (const [index, legalName] of names.entries())
    log.append(`account-${idOf(index)}`, 'account-opened', { legalName, country: null, keys: [], source: null });
  return log;
};

const projected = <T>(schema: string, log: MemoryLog, work: (into: Database) => Promise<T>): Promise<T> =>
  readSide.projected(possibleConflictsView, log, schema, work);

const generated = (() => {
  const { next, written } = companyNames(7, 400);
  return Array.from({ length: 400 }, () => next()).flatMap((name, index) =>
    index % 4 === 0 ? [name, written(name)] : [name],
  );
})();

const pairsIn = async (schema: string): Promise<unknown[]> =>
  (await readSide.pool.query<object>(`SELECT * FROM "${schema}".possible_conflict ORDER BY account_id, other_id`)).rows;

describe('possible conflicts', () => {
  it('given the same log in other batches, then the same pairs are found, at the same places', async () => {
    const one = await projected('rm_large', aLog(generated, 1_000), () => pairsIn('rm_large'));
    const other = await projected('rm_small', aLog(generated, 7), () => pairsIn('rm_small'));

    expect(one.length).toBeGreaterThan(100);
    expect(other).toEqual(one);
  });

  it('given the view, when it is held against a fresh replay, then they are equal row by row', () =>
    projected('rm_verified', aLog(generated, 100), async (into) => {
      const { source } = aLog(generated, 13);
      const { equal, tables } = await verify({ database: into, source, view: possibleConflictsView });
      expect([equal, tables]).toEqual([true, tables]);
    }));

  it('given names, then each pair shown has its score, and of all pairs that a person has to look at 19 in 20 are shown', () =>
    projected('rm', aLog(generated, 100), async () => {
      const { items } = await listPossibleConflicts(readSide, {}, { limit: 100_000 });
      const shown = new Map(items.map(({ accounts: [a, b], score }) => [`${a.id} ${b.id}`, score]));
      for (const { accounts, score, reasons } of items) {
        const expected = scoreNames(accounts[0].name, accounts[1].name);
        expect([score, reasons]).toEqual([Math.round(expected.score * 10_000) / 10_000, expected.reasons]);
      }
      let alike = 0;
      let missed = 0;
      for (const [index, name] of generated.entries())
        for (const [before, other] of generated.slice(0, index).entries()) {
          if (scoreNames(name, other).score < 0.75) continue;
          alike++;
          if (!shown.has([idOf(index), idOf(before)].sort().join(' '))) missed++;
        }
      expect(alike).toBeGreaterThan(100);
      expect(missed / alike).toBeLessThan(0.05);
    }));

  it('given filings that name two customers by their keys, then the pair stands since the first, in whatever batches', async () => {
    const conflict = (log: MemoryLog, from: number, to: number) =>
      log.append(`account-${idOf(from)}`, 'account-key-conflict-found', {
        dealId: deriveId('deal', '1'),
        key: { kind: 'domain', value: 'contoso.com' },
        otherId: idOf(to),
      });
    const logOf = (batchSize: number) => {
      const log = aLog(['Contoso', 'Fabrikam', 'Tailspin Toys', 'Tailspin Toy'], batchSize);
      conflict(log, 0, 1);
      conflict(log, 1, 0);
      conflict(log, 3, 2);
      log.append(`account-${idOf(1)}`, 'account-renamed', { name: 'Contoso', validFrom: '2026-03-01T09:00:00.000Z' });
      return log;
    };
    const one = await projected('rm_keys_large', logOf(100), () => pairsIn('rm_keys_large'));
    const other = await projected('rm_keys_small', logOf(1), () => pairsIn('rm_keys_small'));
    expect(other).toEqual(one);
    const pairOf = (a: number, b: number, sequence: string): unknown => {
      const [account_id, other_id] = [idOf(a), idOf(b)].toSorted();
      return expect.objectContaining({ account_id, other_id, sequence, score: 1, reasons: ['shared-key'] });
    };
    expect(one).toEqual(expect.arrayContaining([pairOf(0, 1, '5'), pairOf(2, 3, '7')]));
  });

  it('given a name whose letters UTF-16 writes as pairs, then the view takes it, and it is found', async () => {
    const own = await freshReadSide();
    const log = aLog(['𠮷野家ホールディングス', '𠮷野家ホールディング'], 100);
    await own.projected(possibleConflictsView, log, 'rm', async () => {
      expect((await listPossibleConflicts(own, {}, { limit: 10 })).items).toHaveLength(1);
      expect((await findCandidates(own, '𠮷野家ホールディングス', 10)).candidates).toHaveLength(2);
    });
    await own.drop();
  });

  it('given a name written otherwise, when candidates are asked for, then its customer is among the first', () =>
    projected('rm', aLog(generated, 100), async () => {
      const { written } = companyNames(11, 1);
      let first = 0;
      for (const name of generated.slice(0, 100)) {
        const { candidates, sequence } = await findCandidates(readSide, written(name), 10);
        expect(sequence).toBe(generated.length.toString().padStart(20, '0'));
        if (candidates.some((candidate) => candidate.name === name)) first++;
      }
      expect(first).toBeGreaterThanOrEqual(95);
    }));
});
