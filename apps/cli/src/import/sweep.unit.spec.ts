import { setImmediate } from 'node:timers/promises';
import { Readable } from 'node:stream';

import { Refusal } from '@tempore/kernel';

import type { Act, Verdict } from './act';
import { generatedMapping } from './generated-pipeline';
import { parseMapping } from './mapping';
import type { PlannedRow } from './plan-file';
import { rowPlanner } from './plan-row';
import { emptyTally, sweep } from './sweep';
import { taskMaker } from './task';

const planRow = rowPlanner(parseMapping(generatedMapping(1), 'map.json'), 'a'.repeat(64));
const tasksOf = taskMaker();

/** A sale of a partner, to an account or to nobody. */
const rowOf = (number: number, partner: string, account: string): PlannedRow => {
  const cells = { reference: `R${number}`, partner, account, product: 'Gizmo 500', stage: 'Engaging' };
  const { sale } = planRow({ number, cells: { ...cells, opened: '', closed: '', value: '' } });
  if (!sale) throw new Error('the row is not clean');
  return { row: number, tasks: tasksOf(sale), findings: [] };
};

const rows = [
  rowOf(1, 'Ann', 'Contoso'),
  rowOf(2, 'Ben', ''),
  rowOf(3, 'Ann', 'Contoso'),
  rowOf(4, 'Ben', 'Contoso'),
  { row: 5, tasks: null, findings: [] },
];

const sweepAll = async (verdict: (of: Parameters<Act>[0]) => Verdict) => {
  const acts: string[] = [];
  const tally = emptyTally();
  const refused: [number, string, string][] = [];
  await sweep(Readable.from(rows), {
    act: async (task) => {
      acts.push(`${task.to} begins`);
      await setImmediate();
      acts.push(`${task.to} ends`);
      return verdict(task);
    },
    tally,
    signal: new AbortController().signal,
    onRefused: (row, to, { code }) => refused.push([row, to, code]),
  });
  return { acts, tally, refused: refused.sort(([a], [b]) => a - b) };
};

it('given sales, when they are swept, then each partner and account is told once, before their deals', async () => {
  const { acts, tally, refused } = await sweepAll(() => 'new');
  expect(tally).toEqual({
    partner: { new: 2, there: 0, refused: 0 },
    account: { new: 1, there: 0, refused: 0 },
    deal: { new: 4, there: 0, refused: 0 },
  });
  expect(refused).toEqual([]);
  expect(acts.indexOf('deal begins')).toBeGreaterThan(acts.indexOf('partner ends'));
  expect(acts.filter((act) => act === 'partner begins')).toHaveLength(2);
});

it('given a partner that is refused, when its sales are swept, then they are refused with it and the others are not', async () => {
  const no = new Refusal('PARTNER_EXISTS', 'conflict', 'no');
  const ben = rows[1]?.tasks?.partner.id;
  const { tally, refused } = await sweepAll(({ id }) => (id === ben ? no : 'there'));
  expect(refused).toEqual([
    [2, 'partner', 'PARTNER_EXISTS'],
    [4, 'partner', 'PARTNER_EXISTS'],
  ]);
  expect(tally).toEqual({
    partner: { new: 0, there: 1, refused: 1 },
    account: { new: 0, there: 1, refused: 0 },
    deal: { new: 0, there: 2, refused: 2 },
  });
});
