import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { deriveId } from '@tempore/kernel';
import { parse } from 'csv-parse/sync';

import { MemoryLog } from '../../../projections/test/memory-log';
import { freshReadSide, type ReadSide } from '../../test/projected';
import { findCandidates, listPossibleConflicts } from './conflicts.query';
import { possibleConflictsView } from './conflicts.view';

/** Names of companies from the SEC's register; the folder lies beside the repository where it is at hand. */
const folder = join(__dirname, '../../../../../shared/data/sec-edgar-names/dev');
const atHand = existsSync(folder);
const onData = atHand ? describe : describe.skip;

type Row = Readonly<Record<string, string>>;
const read = (file: string): Row[] => (atHand ? parse(readFileSync(join(folder, file)), { columns: true }) : []);

/** Two names of one registrant, the first as somebody else writes it. */
const positives = read('positive_pairs.csv');
/** Names of two registrants that have most words in common. */
const negatives = read('hard_negative_pairs.csv');

const idOf = (cik = ''): string => deriveId('account', cik);

const registered = (): MemoryLog => {
  const log = new MemoryLog();
  const opened = new Set<string>();
  const register = (cik = '', name = ''): void => {
    if (opened.has(cik))
      log.append(`account-${idOf(cik)}`, 'account-renamed', { name, validFrom: '2020-01-01T00:00:00.000Z' });
    else
      log.append(`account-${idOf(cik)}`, 'account-opened', { legalName: name, country: null, keys: [], source: null });
    opened.add(cik);
  };
  for (const { cik, name2 } of positives) register(cik, name2);
  for (const { cik1, name1, cik2, name2 } of negatives) {
    register(cik1, name1);
    register(cik2, name2);
  }
  return log;
};

onData('on names from the SEC (skipped where ../shared/data is absent)', () => {
  let readSide: ReadSide;
  beforeAll(async () => {
    readSide = await freshReadSide();
  });
  afterAll(() => readSide.drop());

  it('given a name as somebody else writes it, then its registrant is a candidate, and few of other registrants are taken for one', () =>
    readSide.projected(possibleConflictsView, registered(), 'rm', async () => {
      const found = new Map<string, boolean[]>();
      for (const { cik, name1 = '', kind = '' } of positives) {
        const { candidates } = await findCandidates(readSide, name1, 10);
        const isFound = candidates.some(({ accountId }) => accountId === idOf(cik));
        found.set(kind, [...(found.get(kind) ?? []), isFound]);
      }
      const share = (kind: string): number => {
        const all = found.get(kind) ?? [];
        return all.filter(Boolean).length / all.length;
      };
      for (const kind of ['identical', 'case-only', 'punctuation', 'legal-form'])
        expect([kind, share(kind)]).toEqual([kind, 1]);
      expect(share('partial-overlap')).toBeGreaterThan(0.8);

      const { items } = await listPossibleConflicts(readSide, { minScore: 0.75 }, { limit: 1_000_000 });
      const pairs = new Set(items.map(({ accounts: [one, other] }) => `${one.id} ${other.id}`));
      const taken = negatives.filter(({ cik1, cik2 }) => pairs.has([idOf(cik1), idOf(cik2)].sort().join(' ')));
      expect(taken.length / negatives.length).toBeLessThan(0.08);
    }));
});
