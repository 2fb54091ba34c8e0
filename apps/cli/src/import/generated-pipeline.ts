import { addDays, type Day, parseDay, startOfDay } from '@tempore/kernel';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface PipelineSize {
  readonly rows: number;
  readonly seed: number;
  readonly partners: number;
  readonly accounts: number;
}

/** List prices in whole dollars. */
const PRICES: Readonly<Record<string, number>> = {
  'Widget Basic': 550,
  'Widget Pro': 4_821,
  'Widget Plus Basic': 1_096,
  'Widget Plus Pro': 5_482,
  'Gadget Special': 55,
  'Gadget Advanced': 3_393,
  'Gizmo 500': 26_768,
};
const LINES = Object.keys(PRICES);
/** One product is spelled otherwise throughout, as real exports have it. */
const SPELLINGS = { WidgetPro: 'Widget Pro' };
const MISSPELLED = Object.fromEntries(Object.entries(SPELLINGS).map(([spelling, line]) => [line, spelling]));

/** Shares of 100 by stage, and how many of 100 at that stage name no account. */
const STAGES = [
  { stage: 'Won', share: 48, unnamed: 0 },
  { stage: 'Lost', share: 28, unnamed: 0 },
  { stage: 'Engaging', share: 18, unnamed: 68 },
  { stage: 'Prospecting', share: 6, unnamed: 67 },
] as const;

const TRADES = ['Bakery', 'Foundry', 'Lighthouse', 'Tannery', 'Watermill', 'Printworks', 'Orchard', 'Ropery'];

const YEAR_OPENS = parseDay('2017-01-01');
const DAYS_OF_YEAR = 365;

const HEADER = ['reference', 'partner', 'product', 'customer', 'stage', 'opened', 'closed', 'value'];

/** How the generated file is to be read. */
export const generatedMapping = (seed: number) => ({
  system: `invented-crm-${seed}`,
  columns: {
    reference: 'reference',
    partner: 'partner',
    account: 'customer',
    product: 'product',
    stage: 'stage',
    opened: 'opened',
    closed: 'closed',
    value: 'value',
  },
  currency: 'USD',
  dateFormat: 'yyyy-MM-dd',
  stages: Object.fromEntries(STAGES.map(({ stage }) => [stage, stage.toLowerCase()])),
  products: { known: LINES, spellings: SPELLINGS },
  partners: { country: 'US' },
  assertedAt: '2018-01-01T00:00:00.000Z',
});

/**
 * A sales pipeline of one year as CSV, line by line: everybody in it is invented. The same size and seed always give
 * the same bytes.
 */
export function* generatePipeline({
  rows,
  seed,
  partners,
  accounts,
}: PipelineSize): Generator<string, void, undefined> {
  const random = xoroshiro128plus(seed);
  const upTo = (most: number): number => uniformInt(random, 0, most);
  const oneOf = <T>(choices: readonly T[]): T => choices[upTo(choices.length - 1)] as T;
  const stageOf = () => {
    let rest = upTo(99);
    return STAGES.find(({ share }) => (rest -= share) < 0) ?? STAGES[0];
  };
  const closedRow = (stage: string, line: string): string[] => {
    const closed = upTo(DAYS_OF_YEAR - 1);
    const opened = closed - 1 - upTo(137);
    const value = stage === 'Won' ? Math.round(((PRICES[line] ?? 0) * (80 + upTo(40))) / 100) : 0;
    return [day(opened), day(closed), value.toString()];
  };
  yield toLine(HEADER);
  for (let row = 0; row < rows; row++) {
    const { stage, unnamed } = stageOf();
    const line = oneOf(LINES);
    const isClosed = stage === 'Won' || stage === 'Lost';
    yield toLine([
      `${row.toString(36).padStart(5, '0')}${upTo(36 ** 3 - 1)
        .toString(36)
        .padStart(3, '0')}`.toUpperCase(),
      `Imaginary Reseller ${1 + upTo(partners - 1)}`,
      MISSPELLED[line] ?? line,
      upTo(99) < unnamed ? '' : accountName(upTo(accounts - 1)),
      stage,
      ...(isClosed ? closedRow(stage, line) : [stage === 'Engaging' ? day(upTo(DAYS_OF_YEAR - 1)) : '', '', '']),
    ]);
  }
}

/** Some names have what makes a cell need quotes. */
const accountName = (index: number): string => {
  const trade = TRADES[index % TRADES.length] ?? '';
  const name = index % 7 === 3 ? `Fictional "Old" ${trade}` : `Fictional ${trade}`;
  return `${name}${index % 5 === 2 ? ',' : ''} No. ${index + 1}`;
};

const day = (afterNewYear: number): Day => parseDay(addDays(startOfDay(YEAR_OPENS), afterNewYear).slice(0, 10));

const toLine = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
