import { parse } from 'csv-parse/sync';

/** What a pipeline amounts to. Amounts are in cents. */
export interface Figures {
  readonly partners: number;
  readonly accounts: number;
  readonly deals: number;
  readonly stages: Readonly<Record<string, number>>;
  /** Deals that name no account. */
  readonly unlinked: number;
  /** Deals whose product the source spells otherwise. */
  readonly respelled: number;
  readonly won: number;
  /** Won by quarter of the closing day: `2017-Q1`. */
  readonly quarters: Readonly<Record<string, number>>;
}

const countBy = <T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  of: (item: T) => number,
): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const item of items) sums[keyOf(item)] = (sums[keyOf(item)] ?? 0) + of(item);
  return sums;
};

/** The figures of a generated file, taken from its text without any code of the import. */
export const figuresOf = (csv: string): Figures => {
  const rows = parse<Record<string, string>>(csv, { columns: true });
  const won = rows.filter(({ stage }) => stage === 'Won');
  const quarter = ({ closed = '' }: Record<string, string>): string =>
    `${closed.slice(0, 4)}-Q${Math.ceil(Number(closed.slice(5, 7)) / 3)}`;
  const cents = ({ value }: Record<string, string>): number => Number(value) * 100;
  return {
    partners: new Set(rows.map(({ partner }) => partner)).size,
    accounts: new Set(rows.flatMap(({ customer }) => customer || [])).size,
    deals: rows.length,
    stages: countBy(
      rows,
      ({ stage = '' }) => stage.toLowerCase(),
      () => 1,
    ),
    unlinked: rows.filter(({ customer }) => customer === '').length,
    respelled: rows.filter(({ product }) => product === 'WidgetPro').length,
    won: won.map(cents).reduce((sum, value) => sum + value, 0),
    quarters: countBy(won, quarter, cents),
  };
};
