import { Readable } from 'node:stream';

import { readTable, type TableRow } from './table';

const columns = { reference: 'id', partner: 'agent', product: 'item', stage: 'stage', account: 'customer' };

const read = async (text: string | Buffer, delimiter = ','): Promise<TableRow[]> => {
  const rows: TableRow[] = [];
  for await (const row of readTable(Readable.from([Buffer.from(text)]), 'deals.csv', { columns, delimiter }))
    rows.push(row);
  return rows;
};

const HEADER = 'id,agent,item,customer,stage';

const cells = (reference: string, account: string) =>
  expect.objectContaining({ reference, partner: 'Ann', product: 'Box', account, stage: 'Won' }) as unknown;

it.each([
  ['line feeds', '\n'],
  ['carriage returns and line feeds', '\r\n'],
  ['carriage returns', '\r'],
])('given lines that end in %s, when they are read, then each is a row', async (_, end) => {
  const text = [HEADER, '1,Ann,Box,Contoso,Won', '', '2,Ann,Box,,Won', ''].join(end);
  expect(await read(text)).toEqual([
    { number: 1, cells: cells('1', 'Contoso') },
    { number: 2, cells: cells('2', '') },
  ]);
});

it('given quotes, other delimiters and space around cells, when they are read, then the cells are what was meant', async () => {
  const text = 'agent;id;item;stage;customer;colour\nAnn; 7 ;Box;Won;"Smith; ""Sons"" Ltd";red\n';
  expect(await read(text, ';')).toEqual([{ number: 1, cells: cells('7', 'Smith; "Sons" Ltd') }]);
});

it('given a row of too many or too few cells, when it is read, then it is broken and the others are not', async () => {
  expect(await read(`${HEADER}\n1,Ann,Box,Contoso,Won,more\n2,Ann\n3,Ann,Box,,Won\n`)).toEqual([
    { number: 1, broken: { kind: 'COLUMN_COUNT', found: 6, expected: 5 } },
    { number: 2, broken: { kind: 'COLUMN_COUNT', found: 2, expected: 5 } },
    { number: 3, cells: cells('3', '') },
  ]);
});

it('given a cell that is not UTF-8, when it is read, then its row and column are known', async () => {
  const text = Buffer.concat([Buffer.from(`${HEADER}\n1,Ann,Box,Caf`), Buffer.from([0xe9]), Buffer.from(',Won\n')]);
  expect(await read(text)).toEqual([{ number: 1, broken: { kind: 'NOT_UTF8', column: 'customer' } }]);
});

it.each([
  ['nothing at all', '', 'deals.csv is empty: it needs a header row, and a row for each sale.'],
  ['empty lines', '\r\n\r\n', 'deals.csv is empty: it needs a header row, and a row for each sale.'],
  [
    'other columns',
    'id,agent,item,item,customer\n',
    'deals.csv has other columns than the mapping. It has "id", "agent", "item", "item", "customer".\n' +
      '  columns.product: "item" stands 2 times in the header\n' +
      '  columns.stage: "stage" stands not in the header',
  ],
  [
    'a quote inside a cell',
    `${HEADER}\n1,Ann,Box,Contoso,Won\n2,Ann,5" Box,,Won\n`,
    'deals.csv, row 2, column 3, line 3: a quote stands inside a cell that is not quoted. ' +
      'Quote the whole cell and write its quotes twice.',
  ],
  [
    'text after a quote',
    `${HEADER}\n1,"Ann"a,Box,Contoso,Won\n`,
    'deals.csv, row 1, column 2, line 2: something follows a closing quote. ' +
      'Write a quote inside a quoted cell twice.',
  ],
  [
    'a quote left open',
    `${HEADER}\n1,Ann,"Box,Contoso,Won\n2,Ann,Box,,Won\n`,
    'deals.csv, row 1, column 3: a quote is never closed. ' +
      'Close it, or write it twice where it belongs to the text.',
  ],
])('given %s, when it is read, then the error says where and what to do', async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(new Error(message));
});

it('given a quote left open in a long file, when it is read, then it is given up before the memory is full', async () => {
  let given = 0;
  function* endless(): Generator<Buffer> {
    yield Buffer.from(`${HEADER}\n1,Ann,"Box`);
    for (; ; given++) yield Buffer.from('x'.repeat(64 * 1024));
  }
  const rows = readTable(Readable.from(endless()), 'deals.csv', { columns, delimiter: ',' });
  await expect(rows.next()).rejects.toThrow('a quote is never closed');
  expect(given).toBeLessThan(100);
});
