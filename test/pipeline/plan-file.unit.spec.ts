import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generatedMapping, generatePipeline } from '../../apps/cli/src/import/generated-pipeline';
import { type Mapping, parseMapping } from '../../apps/cli/src/import/mapping';
import { planFile, type PlannedRow } from '../../apps/cli/src/import/plan-file';
import { hashOf } from '../../apps/cli/src/import/source-file';
import { zipOf } from './zip';

const folder = mkdtempSync(join(tmpdir(), 'tempore-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mapping = parseMapping(generatedMapping(1), 'map.json');
const csv = [...generatePipeline({ rows: 20, seed: 1, partners: 3, accounts: 5 })].join('');
const path = join(folder, 'pipeline');

const plan = async (content: Buffer | string, changed: Partial<Mapping> = {}): Promise<PlannedRow[]> => {
  writeFileSync(path, content);
  const rows: PlannedRow[] = [];
  const file = { path, hash: await hashOf(path), mapping: { ...mapping, ...changed } };
  for await (const row of planFile(file)) rows.push(row);
  return rows;
};

/** What would be told, whichever file it was read from. */
const told = (rows: readonly PlannedRow[]) => rows.map(({ tasks }) => tasks?.deal.commands.map((one) => one.commandId));

it('given one CSV, when it comes plain, with a byte order mark or zipped, then the same is planned', async () => {
  const plain = told(await plan(csv));
  expect(plain).toHaveLength(20);
  expect(new Set(plain.flat()).size).toBe(20);
  expect(told(await plan(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(csv)])))).toEqual(plain);
  expect(told(await plan(zipOf({ name: 'deals.csv', content: csv })))).toEqual(plain);
  const others = [
    { name: 'export/deals.csv', content: csv },
    { name: 'export/partners.csv', content: 'name' },
  ];
  expect(told(await plan(zipOf(...others), { entry: 'deals.csv' }))).toEqual(plain);
  expect(told(await plan(zipOf(...others), { entry: 'export/deals.csv' }))).toEqual(plain);
});

it('given another order of the rows, when they are planned, then the same is told, since where a row stands is no content', async () => {
  const [header = '', ...rows] = csv.trimEnd().split('\r\n');
  const turned = [header, ...rows.reverse()].join('\r\n');
  expect(told(await plan(turned)).sort()).toEqual(told(await plan(csv)).sort());
});

it('given a reference that stands twice, when it is planned, then the first row that can be recorded has it', async () => {
  const row = (reference: string, stage: string): string => `${reference},Ann,Gizmo 500,Acme,${stage},,,`;
  const rows = await plan(
    ['reference,partner,product,customer,stage,opened,closed,value']
      .concat(row('A', 'Nonsense'), row('A', 'Engaging'), row('A', 'Engaging'), row('A', 'Prospecting'))
      .join('\n'),
  );
  expect(
    rows.map(({ tasks, findings }) => [tasks !== null, findings.map(({ kind, what }) => `${kind} ${what}`)]),
  ).toEqual([
    [false, ['STAGE_UNKNOWN "Nonsense" is no known stage.']],
    [true, []],
    [false, ['ROW_REPEATED Row 2 says the same.']],
    [false, ['REFERENCE_REPEATED Row 2 is another sale under this reference.']],
  ]);
});

it('given rows of one partner and account, when they are planned, then both are told the same, under the same ids', async () => {
  const tasks = (await plan(csv)).flatMap((row) => row.tasks ?? []);
  const partners = new Map(tasks.map(({ partner }) => [partner.id, partner]));
  expect(partners.size).toBe(3);
  for (const { partner } of tasks) expect(partners.get(partner.id)).toEqual(partner);
});

it.each([
  ['UTF-16', Buffer.from('\ufeffreference', 'utf16le'), {}, 'is UTF-16. Save it as UTF-8.'],
  ['an empty file', '', {}, 'is empty: it needs a header row, and a row for each sale.'],
  [
    'a zip of several CSV files, none of them named',
    zipOf({ name: 'a.csv', content: csv }, { name: 'b.csv', content: csv }),
    {},
    'holds not exactly one CSV file. Name one of these as "entry" in the mapping:\n  a.csv\n  b.csv',
  ],
  [
    'a zip without the file that is named',
    zipOf({ name: 'a.csv', content: csv }),
    { entry: 'b.csv' },
    'holds not exactly one file "b.csv". Name one of these as "entry" in the mapping:\n  a.csv',
  ],
  [
    'a damaged zip',
    zipOf({ name: 'a.csv', content: csv, checksum: 1 }),
    {},
    'is a zip file that cannot be read: the checksum of a.csv is wrong; get the file anew',
  ],
  ['half a zip', zipOf({ name: 'a.csv', content: csv }).subarray(0, 200), {}, 'is a zip file that cannot be read:'],
])('given %s, when it is planned, then the error says what to do', async (_, content, changed, message) => {
  await expect(plan(content, changed)).rejects.toThrow(`${path} ${message}`);
});

it('given no file, when it is hashed, then the error names it', async () => {
  await expect(hashOf(join(folder, 'nowhere.csv'))).rejects.toThrow('nowhere.csv cannot be read: ENOENT');
});
