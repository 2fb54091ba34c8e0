import { generatedMapping } from './generated-pipeline';
import { parseMapping } from './mapping';

const whole = generatedMapping(1);

const problemsOf = (content: unknown): string[] => {
  try {
    parseMapping(content, 'map.json');
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
};

const without = (field: keyof typeof whole): object =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));

it('given the mapping of a generated file, when it is checked, then it is usable, cells being parted by commas', () => {
  expect(parseMapping(whole, 'map.json')).toEqual({ ...whole, delimiter: ',' });
});

it.each([
  ['system', '  system: is missing: name the system that the export comes from'],
  ['columns', '  columns: is missing: say which column holds what'],
  ['stages', '  stages: is missing: say which spelling means which stage'],
  ['partners', '  partners: is missing: give { "country": "DE" }'],
  ['dateFormat', '  dateFormat: is missing: say how days are written, such as yyyy-MM-dd'],
] as const)(
  'given a mapping without %s, when it is checked, then the field and the remedy are named',
  (field, problem) => {
    expect(problemsOf(without(field))).toEqual(['The mapping map.json is not usable:', problem]);
  },
);

it('given several mistakes, when the mapping is checked, then all of them are named at once', () => {
  expect(
    problemsOf({
      ...whole,
      columns: { ...whole.columns, stage: '', colour: 'x' },
      currency: 'Dollar',
      dateFormat: 'someday',
      stages: { Won: 'victory' },
      products: { known: ['A'], spellings: { b: 'B' } },
      partners: { country: 'Germany' },
      assertedAt: 'yesterday',
    }),
  ).toEqual([
    'The mapping map.json is not usable:',
    '  columns.stage: is empty: name the column that holds the stage, as the header spells it',
    '  columns: Unrecognized key: "colour"',
    '  currency: must be an ISO 4217 currency code, such as USD',
    '  dateFormat: "someday" is not a date format such as yyyy-MM-dd or M/d/yyyy',
    '  stages.Won: Invalid option: expected one of "prospecting"|"engaging"|"won"|"lost"',
    '  products.spellings.b: "B" is not one of products.known: add it there, or name one of them',
    '  partners.country: must be a two-letter country code of ISO 3166-1, such as DE',
    '  assertedAt: must be a UTC instant with milliseconds, such as 2026-01-31T09:00:00.000Z',
  ]);
});

it('given a name that nobody sees, or a control character in one, then the field is named', () => {
  expect(problemsOf({ ...whole, system: '\u200b' }).join()).toContain('system: must hold a letter or a digit');
  expect(problemsOf({ ...whole, products: { known: ['A\tB'] } }).join()).toContain('products.known.0: must hold');
});
