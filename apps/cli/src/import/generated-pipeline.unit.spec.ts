import { generatePipeline } from './generated-pipeline';

const size = { rows: 2_000, seed: 1, partners: 30, accounts: 85 };
const text = (changed: Partial<typeof size> = {}): string => [...generatePipeline({ ...size, ...changed })].join('');

it('given the same seed, when a pipeline is made again, then it is the same to the byte', () => {
  expect(text()).toBe(text());
});

it('given another seed, when a pipeline is made, then it is another one', () => {
  expect(text({ seed: 2 })).not.toBe(text());
});

it('given a longer pipeline, when it is made from the same seed, then it begins with the shorter one', () => {
  expect(text().startsWith(text({ rows: 50 }))).toBe(true);
});

it('given a pipeline, when its rows are looked at, then it has what real exports have', () => {
  const rows = text().split('\r\n');
  expect(rows[0]).toBe('reference,partner,product,customer,stage,opened,closed,value');
  expect(rows).toHaveLength(size.rows + 2);
  const having = (part: RegExp): number => rows.filter((row) => part.test(row)).length;
  expect(new Set(rows.map((row) => row.slice(0, 8))).size).toBe(rows.length);
  expect(having(/,WidgetPro,/)).toBeGreaterThan(100);
  expect(having(/,Widget Pro,/)).toBe(0);
  expect(having(/,"Fictional ""Old"" \w+, No\. \d+",/)).toBeGreaterThan(10);
  expect(having(/,,Engaging,/)).toBeGreaterThan(having(/,,Prospecting,/));
  expect(having(/,,(Won|Lost),/)).toBe(0);
  expect(having(/,Won,\d{4}-\d\d-\d\d,2017-\d\d-\d\d,[1-9]\d*$/)).toBeGreaterThan(having(/,Lost,.*,0$/));
});
