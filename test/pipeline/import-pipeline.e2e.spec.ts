import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { generatedMapping, generatePipeline } from '../../apps/cli/src/import/generated-pipeline';
import { type Figures, figuresOf } from './figures';
import { type Cli, openWorkbench, type Workbench } from './workbench';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.close());

const file = (name: string): string => join(bench.folder, name);

const SEED = 7;

const generate = (rows: number): Figures => {
  const csv = [...generatePipeline({ rows, seed: SEED, partners: 9, accounts: 20 })].join('');
  writeFileSync(file('deals.csv'), csv);
  writeFileSync(file('map.json'), JSON.stringify(generatedMapping(SEED)));
  return figuresOf(csv);
};

const IMPORT = ['import', 'pipeline', 'deals.csv', '--map', 'map.json'];

/** An import leaves: two events for each partner, one for each account and deal. */
const eventsOf = ({ partners, accounts, deals }: Figures): number => 2 * partners + accounts + deals;

it('given a generated pipeline, when it is imported, then the read models show what the file says, and a second run adds nothing', async () => {
  const files = ['--out', 'deals.csv', '--map-out', 'map.json'];
  const made = await bench.run('generate', 'pipeline', '--rows', '300', '--partners', '9', ...files);
  expect(made).toMatchObject({ code: 0, errors: '' });
  const figures = figuresOf(readFileSync(file('deals.csv'), 'utf8'));
  expect(figures).toMatchObject({ partners: 9, deals: 300 });

  const first = await bench.run(...IMPORT, '--yes', '--report', 'report.jsonl');
  expect(first).toMatchObject({ code: 0 });
  expect(await bench.shown()).toEqual(figures);
  const log = await bench.log();
  expect(log).toHaveLength(eventsOf(figures));

  const findings = readFileSync(file('report.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect(findings.filter((kind) => kind === 'PRODUCT_MAPPED')).toHaveLength(figures.respelled);
  expect(findings.filter((kind) => kind === 'ACCOUNT_MISSING')).toHaveLength(figures.unlinked);
  expect(findings).toHaveLength(figures.respelled + figures.unlinked);

  const second = await bench.run(...IMPORT, '--yes');
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining('Nothing is left to record.') as string });
  expect(await bench.log()).toEqual(log);
});

it('given a pipeline, when it is only looked at, then it is told what would come of it and nothing is recorded', async () => {
  const figures = generate(50);
  const { code, output } = await bench.run(...IMPORT, '--dry-run');
  expect(code).toBe(0);
  expect(output).toMatch(new RegExp(`partners, applied and approved +${figures.partners} +0 +0\\n`));
  expect(output).toMatch(new RegExp(`accounts, opened +${figures.accounts} +0 +0\\n`));
  expect(output).toMatch(/deals, recorded +50 +0 +0\n/);
  expect(output).toContain(`${figures.unlinked} × ACCOUNT_MISSING, recorded\n`);
  expect(await bench.log()).toEqual([]);
});

describe('given an import that is under way', () => {
  const interrupted = async (interrupt: (cli: Cli) => void) => {
    const figures = generate(600);
    const cli = bench.start(...IMPORT, '--yes');
    await cli.underWay;
    interrupt(cli);
    const exit = await cli.exit;
    const recorded = (await bench.log()).filter(({ type }) => type === 'legacy-deal-recorded').length;
    expect(recorded).toBeGreaterThan(0);
    expect(recorded).toBeLessThan(600);
    return { exit, recorded, figures };
  };

  const completes = async (recorded: number, figures: Figures): Promise<void> => {
    const again = await bench.run(...IMPORT, '--yes');
    expect(again.code).toBe(0);
    const [, added, there] = /deals, recorded +(\d+) +(\d+) +0\n/.exec(again.output) ?? [];
    expect(Number(added) + Number(there)).toBe(600);
    expect(Number(there)).toBeGreaterThanOrEqual(recorded);
    expect(await bench.log()).toHaveLength(eventsOf(figures));
    expect(await bench.shown()).toEqual(figures);
  };

  it('when its process is killed and it is run again, then everything is recorded exactly once', async () => {
    const { exit, recorded, figures } = await interrupted(({ child }) => child.kill('SIGKILL'));
    expect(exit.signal).toBe('SIGKILL');
    await completes(recorded, figures);
  });

  it('when it is stopped by Ctrl-C, then it ends what it began, tells how to go on, and goes on', async () => {
    const { exit, recorded, figures } = await interrupted(({ child }) => child.kill('SIGINT'));
    expect(exit.code).toBe(130);
    expect(exit.output).toContain('run the same command again to go on');
    expect(exit.output).toMatch(new RegExp(`deals, recorded +${recorded} +0 +0\n`));
    await completes(recorded, figures);
  });
});

it('given one file, when two imports of it run at once, then both come to their end and everything is recorded once', async () => {
  const figures = generate(200);
  const exits = await Promise.all([1, 2].map(() => bench.run(...IMPORT, '--yes')));
  expect(exits).toEqual([expect.objectContaining({ code: 0 }), expect.objectContaining({ code: 0 })]);
  expect(await bench.log()).toHaveLength(eventsOf(figures));
  expect(await bench.shown()).toEqual(figures);
});

describe('given rows that cannot be recorded', () => {
  const HEADER = 'reference,partner,product,customer,stage,opened,closed,value';
  const write = (...rows: string[]): void => writeFileSync(file('deals.csv'), `${[HEADER, ...rows].join('\r\n')}\r\n`);

  it('when they are imported, then the others are recorded, each is reported, and the mended ones follow', async () => {
    generate(0);
    const clean = 'A1,Ann,Gizmo 500,Contoso,Won,2017-01-02,2017-02-03,26768';
    write(clean, 'A2,Ann,Gizmo 5000,Contoso,Won,2017-01-02,2017-02-03,1', 'A3,Ann,Gizmo 500,,Won,2017-01-02', clean);

    const first = await bench.run(...IMPORT, '--yes', '--report', 'report.jsonl');
    expect(first.code).toBe(1);
    expect(first.output).toContain('2 rows not recorded.');
    expect(
      readFileSync(file('report.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        row: 2,
        column: 'product',
        kind: 'PRODUCT_UNKNOWN',
        what: '"Gizmo 5000" is no known product.',
        then: 'The row is not recorded. Add it to products.spellings or products.known in the mapping.',
      },
      {
        row: 3,
        column: null,
        kind: 'COLUMN_COUNT',
        what: 'The row has 6 columns, the header 8.',
        then: 'The row is not recorded.',
      },
      {
        row: 4,
        column: 'reference',
        kind: 'ROW_REPEATED',
        what: 'Row 1 says the same.',
        then: 'Recorded once, for row 1.',
      },
    ]);
    expect(await bench.shown()).toMatchObject({ deals: 1, won: 2_676_800 });

    write(
      clean,
      'A2,Ann,Gizmo 500,Contoso,Won,2017-01-02,2017-02-03,1',
      'A3,Ann,Gizmo 500,,Won,2017-01-02,2017-02-03,2',
    );
    expect(await bench.run(...IMPORT, '--yes')).toMatchObject({ code: 0 });
    expect(await bench.shown()).toMatchObject({ deals: 3, won: 2_677_100, partners: 1, accounts: 1, unlinked: 1 });
  });

  it('when a row says otherwise than what is on record, then it is refused with the difference, and the record stays', async () => {
    generate(0);
    write('A1,Ann,Gizmo 500,Contoso,Won,2017-01-02,2017-02-03,100');
    expect(await bench.run(...IMPORT, '--yes')).toMatchObject({ code: 0 });
    write('A1,Ann,Gizmo 500,Contoso,Lost,2017-01-02,2017-02-03,0');
    const again = await bench.run(...IMPORT, '--yes');
    expect(again.code).toBe(1);
    expect(again.output).toContain('row 1: This deal was recorded before with another stage, value.');
    expect(await bench.shown()).toMatchObject({ deals: 1, won: 10_000 });
  });
});

it.each([
  [
    'a column that the file does not have',
    { columns: { stage: 'phase' } },
    'columns.stage: "phase" stands not in the header',
  ],
  ['a wrong instant', { assertedAt: '2018' }, 'assertedAt: must be a UTC instant with milliseconds'],
])(
  'given a mapping with %s, when it is used, then one line names the field, and nothing is recorded',
  async (_, change, line) => {
    generate(3);
    const mapping = JSON.parse(readFileSync(file('map.json'), 'utf8')) as { columns: object };
    const columns = { ...mapping.columns, ...('columns' in change ? change.columns : {}) };
    writeFileSync(file('map.json'), JSON.stringify({ ...mapping, ...change, columns }));
    const { code, output, errors } = await bench.run(...IMPORT, '--yes');
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toContain(line);
    expect(errors).not.toContain('    at ');
    expect(await bench.log()).toEqual([]);
  },
);
