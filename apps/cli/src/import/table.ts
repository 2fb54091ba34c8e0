import { pipeline, Readable } from 'node:stream';

import { CsvError, parse } from 'csv-parse';

import { InputError } from './input-error';
import type { Mapping, Role } from './mapping';

/** Rows are counted from 1 below the header; empty lines do not count. */
export type TableRow = { readonly number: number } & (
  | {
      /** What stands in the columns that have a role, without the space around it; empty where there is no column. */
      readonly cells: Readonly<Record<Role, string>>;
    }
  | { readonly broken: Broken }
);

/** Why a row cannot even be taken apart. */
export type Broken =
  | { readonly kind: 'COLUMN_COUNT'; readonly found: number; readonly expected: number }
  | { readonly kind: 'NOT_UTF8'; readonly column: string };

/** No honest row is longer: beyond it a quote was left open, and the rest of the file would be read into memory. */
const MAX_ROW_BYTES = 1024 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @returns undefined where the bytes are no UTF-8 */
const decode = (bytes: Buffer): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};

/** The rows of a CSV text. Throws an `InputError` where the header or the quotes are not usable. */
export async function* readTable(
  text: AsyncIterable<Buffer>,
  name: string,
  { columns, delimiter }: Pick<Mapping, 'columns' | 'delimiter'>,
): AsyncGenerator<TableRow, void, undefined> {
  const parser = parse({
    delimiter,
    // Cells come as bytes: a wrong one is then known by its row and column.
    encoding: null,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
  });
  let header: Header | undefined;
  let number = 0;
  try {
    // What fails on the way comes out of the parser's iterator.
    pipeline(Readable.from(text), parser, () => undefined);
    for await (const record of parser as AsyncIterable<readonly Buffer[]>)
      if (header) yield { number: ++number, ...take(record, header) };
      else header = headerOf(record, name, columns);
  } catch (error) {
    throw error instanceof CsvError ? notCsv(error, name) : error;
  }
  if (!header) throw new InputError(`${name} is empty: it needs a header row, and a row for each sale.`);
}

interface Header {
  readonly names: readonly string[];
  /** Where the column of each role stands. */
  readonly places: readonly (readonly [Role, number])[];
}

const headerOf = (record: readonly Buffer[], name: string, columns: Mapping['columns']): Header => {
  const names = record.map((cell, index) => {
    const column = decode(cell)?.trim();
    if (column === undefined) throw new InputError(`${name}: column ${index + 1} of the header is not UTF-8.`);
    return column;
  });
  const wanted = Object.entries(columns) as [Role, string][];
  const problems = wanted.flatMap(([role, column]) => {
    const count = names.filter((one) => one === column).length;
    if (count === 1) return [];
    return [`  columns.${role}: "${column}" stands ${count === 0 ? 'not' : `${count} times`} in the header`];
  });
  if (problems.length > 0)
    throw new InputError(`${name} has other columns than the mapping. It has ${list(names)}.\n${problems.join('\n')}`);
  return { names, places: wanted.map(([role, column]) => [role, names.indexOf(column)] as const) };
};

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

const NOTHING: Readonly<Record<Role, string>> = {
  reference: '',
  partner: '',
  product: '',
  stage: '',
  account: '',
  opened: '',
  closed: '',
  value: '',
};

const take = (record: readonly Buffer[], { names, places }: Header) => {
  if (record.length !== names.length)
    return { broken: { kind: 'COLUMN_COUNT', found: record.length, expected: names.length } } as const;
  const cells = { ...NOTHING };
  for (const [role, place] of places) {
    const text = decode(record[place] ?? Buffer.alloc(0));
    if (text === undefined) return { broken: { kind: 'NOT_UTF8', column: names[place] ?? '' } } as const;
    cells[role] = text.trim();
  }
  return { cells };
};

const NEVER_CLOSED = 'a quote is never closed. Close it, or write it twice where it belongs to the text.';

const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  INVALID_OPENING_QUOTE:
    'a quote stands inside a cell that is not quoted. Quote the whole cell and write its quotes twice.',
  CSV_INVALID_CLOSING_QUOTE: 'something follows a closing quote. Write a quote inside a quoted cell twice.',
  CSV_QUOTE_NOT_CLOSED: NEVER_CLOSED,
  CSV_MAX_RECORD_SIZE: NEVER_CLOSED,
};

/** What the parser cannot get over ends the reading: where a quote is wrong, everything behind it may be. */
const notCsv = ({ code, message, records, column, lines }: CsvError, name: string): InputError => {
  const remedy = REMEDIES[code] ?? message;
  const place = [
    records === 0 ? 'header' : typeof records === 'number' ? `row ${records}` : undefined,
    typeof column === 'number' ? `column ${column + 1}` : undefined,
    // Where a quote stays open the parser has gone on to the end, and its line says nothing.
    typeof lines === 'number' && remedy !== NEVER_CLOSED ? `line ${lines}` : undefined,
  ].filter((part) => part !== undefined);
  return new InputError(`${[name, ...place].join(', ')}: ${remedy}`);
};
