import { accountOpeningSchema, importedAccountId } from '@messages/accounts';
import { legacyDealRecorded } from '@messages/deals';
import { importedPartnerId, partnerApplied } from '@messages/partners';

import type { Finding } from './finding';
import { generatedMapping } from './generated-pipeline';
import { parseMapping, type Role } from './mapping';
import { type RowPlan, rowPlanner } from './plan-row';

const mapping = parseMapping(generatedMapping(1), 'map.json');
const system = 'invented-crm-1';
const fileHash = 'a'.repeat(64);
const planRow = rowPlanner(mapping, fileHash);

const clean: Record<Role, string> = {
  reference: 'R1',
  partner: 'Imaginary Reseller 1',
  account: 'Fictional Bakery No. 1',
  product: 'Widget Basic',
  stage: 'Won',
  opened: '2017-01-01',
  closed: '2017-03-01',
  value: '550.5',
};

const plan = (cells: Partial<Record<Role, string>> = {}): RowPlan =>
  planRow({ number: 7, cells: { ...clean, ...cells } });

const findingsOf = ({ findings }: RowPlan) => findings.map(({ kind, column }: Finding) => [kind, column]);

it('given a clean row, when it is planned, then partner, account and deal follow from it and nothing is found', () => {
  const { sale, findings, row } = plan();
  expect({ row, findings }).toEqual({ row: 7, findings: [] });
  expect(sale).toEqual({
    partner: {
      legalName: 'Imaginary Reseller 1',
      country: 'US',
      website: null,
      source: { system, reference: 'Imaginary Reseller 1' },
    },
    account: {
      legalName: 'Fictional Bakery No. 1',
      country: null,
      keys: [],
      source: { system, name: 'Fictional Bakery No. 1' },
    },
    deal: {
      source: { system, reference: 'R1' },
      partnerId: importedPartnerId({ system, reference: 'Imaginary Reseller 1' }),
      accountId: importedAccountId({ system, name: 'Fictional Bakery No. 1' }),
      accountName: 'Fictional Bakery No. 1',
      productLine: 'Widget Basic',
      productAsGiven: null,
      stage: 'won',
      value: { minorUnits: 55_050, currency: 'USD' },
      openedOn: '2017-01-01',
      closedOn: '2017-03-01',
      assertedAt: '2018-01-01T00:00:00.000Z',
      row: { fileHash, number: 7 },
    },
  });
});

it('given a clean row, when it is planned, then the log takes what follows from it', () => {
  const { sale } = plan();
  expect(legacyDealRecorded.schema.parse(sale?.deal)).toEqual(sale?.deal);
  expect(partnerApplied.schema.parse(sale?.partner)).toEqual(sale?.partner);
  expect(accountOpeningSchema.parse(sale?.account)).toEqual(sale?.account);
});

it('given another spelling of a product, when it is planned, then both spellings are kept and it is said', () => {
  const { sale, findings } = plan({ product: 'WidgetPro' });
  expect(sale?.deal).toMatchObject({ productLine: 'Widget Pro', productAsGiven: 'WidgetPro' });
  expect(findings).toEqual([
    {
      row: 7,
      column: 'product',
      kind: 'PRODUCT_MAPPED',
      what: '"WidgetPro" means "Widget Pro".',
      then: 'Recorded as "Widget Pro".',
    },
  ]);
});

it('given a row without an account, when it is planned, then the deal stays unlinked and it is said', () => {
  const { sale, findings } = plan({ account: '' });
  expect(sale).toMatchObject({ account: null, deal: { accountId: null, accountName: null } });
  expect(findings).toEqual([
    {
      row: 7,
      column: 'customer',
      kind: 'ACCOUNT_MISSING',
      what: 'No account is named.',
      then: 'Recorded without one.',
    },
  ]);
});

it.each([
  [{ value: '' }, 'VALUE_MISSING', 'value'],
  [{ value: '-1' }, 'VALUE_NEGATIVE', 'value'],
  [{ closed: '' }, 'CLOSED_MISSING', 'closed'],
  [{ stage: 'Engaging' }, 'CLOSED_UNEXPECTED', 'closed'],
  [{ closed: '2016-12-31' }, 'CLOSED_BEFORE_OPENED', 'closed'],
])('given %j, when it is planned, then it is recorded as it stands and %s is said', (cells, kind, column) => {
  const planned = plan(cells);
  expect(planned.sale).not.toBeNull();
  expect(findingsOf(planned)).toEqual([[kind, column]]);
});

it.each([
  [{ reference: '' }, 'REFERENCE_MISSING', 'reference'],
  [{ partner: '' }, 'PARTNER_MISSING', 'partner'],
  [{ product: '' }, 'PRODUCT_MISSING', 'product'],
  [{ product: 'Wigdet' }, 'PRODUCT_UNKNOWN', 'product'],
  [{ product: 'toString' }, 'PRODUCT_UNKNOWN', 'product'],
  [{ stage: '' }, 'STAGE_UNKNOWN', 'stage'],
  [{ stage: 'won' }, 'STAGE_UNKNOWN', 'stage'],
  [{ stage: 'constructor' }, 'STAGE_UNKNOWN', 'stage'],
  [{ opened: '1/2/2017' }, 'DAY_INVALID', 'opened'],
  [{ closed: '2017-02-30' }, 'DAY_INVALID', 'closed'],
  [{ value: '1,054.00' }, 'VALUE_INVALID', 'value'],
  [{ value: '10.555' }, 'VALUE_INVALID', 'value'],
  [{ account: 'A\u0000B' }, 'CELL_UNPRINTABLE', 'customer'],
  [{ partner: 'A\nB' }, 'CELL_UNPRINTABLE', 'partner'],
  [{ account: '\u200b' }, 'CELL_UNPRINTABLE', 'customer'],
  [{ reference: 'x'.repeat(501) }, 'CELL_TOO_LONG', 'reference'],
])('given %j, when it is planned, then it is not recorded because of %s', (cells, kind, column) => {
  const planned = plan({ ...cells });
  expect(planned.sale).toBeNull();
  expect(findingsOf(planned)).toEqual([[kind, column]]);
});

it('given several mistakes, when the row is planned, then all are said, and nothing of what would have been recorded', () => {
  const planned = plan({ product: 'WidgetPro', account: '', stage: 'Maybe', value: 'much', opened: 'once' });
  expect(findingsOf(planned)).toEqual([
    ['STAGE_UNKNOWN', 'stage'],
    ['VALUE_INVALID', 'value'],
    ['DAY_INVALID', 'opened'],
  ]);
});

it.each([
  [{ kind: 'COLUMN_COUNT', found: 2, expected: 8 } as const, null, 'The row has 2 columns, the header 8.'],
  [{ kind: 'NOT_UTF8', column: 'customer' } as const, 'customer', 'The cell is not UTF-8.'],
])(
  'given a row that is broken by %j, when it is planned, then it is not recorded and it is said',
  (broken, column, what) => {
    const { sale, findings } = planRow({ number: 3, broken });
    expect(sale).toBeNull();
    expect(findings).toEqual([
      { row: 3, column, kind: broken.kind, what, then: expect.stringContaining('The row is not recorded.') as string },
    ]);
  },
);
