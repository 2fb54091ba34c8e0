import fc from 'fast-check';
import { escapeIdentifier, type Pool } from 'pg';

import { openDatabase, type TestDatabase } from '../test/fixtures';
import { type Collapsed, collapseInto, encodeChange, layoutsOf } from './collapse';
import { inTransaction } from './database';
import { flush, statementsOf } from './flush';
import { type Change, patch, put, remove, type Row, type Table, type Value } from './projection';

let testDatabase: TestDatabase;
let pool: Pool;
let schema: string;

const table: Table = {
  name: 'thing',
  columns: {
    a: 'text not null',
    b: 'bigint not null',
    word: `text default 'none'`,
    amount: 'numeric(30,2)',
    at: 'timestamptz',
    flag: 'boolean',
    tags: 'text[]',
    numbers: 'bigint[]',
    doc: 'jsonb',
    raw: 'json',
    ratio: 'float8',
  },
  key: ['a', 'b'],
};
const layouts = layoutsOf([table]);

beforeAll(async () => {
  testDatabase = await openDatabase();
  ({ pool } = testDatabase);
  ({ schema } = testDatabase.fresh());
  await pool.query(`create schema ${escapeIdentifier(schema)}`);
  const columns = Object.entries(table.columns).map(([name, type]) => `${name} ${type}`);
  for (const name of ['collapsed', 'one_by_one'])
    await pool.query(`create table ${schema}.${name} (${columns.join(', ')}, primary key (a, b))`);
});
afterAll(() => testDatabase.close());

/** Text that Postgres can hold: anything but NUL and half surrogates. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((it) => it.replaceAll('\0', ''));
const json = fc
  .jsonValue({ stringUnit: 'grapheme', maxDepth: 2 })
  .filter((it) => !JSON.stringify(it).includes('\\u0000')) as fc.Arbitrary<Value>;
const orNull = <T extends Value>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const columns = {
  word: orNull(text),
  amount: orNull(fc.constantFrom('0.00', '-12345678901234567890123.45', 17, 3n)),
  at: orNull(fc.constantFrom('2026-01-31T09:00:00.000Z', '1999-12-31T23:59:59.999Z')),
  flag: orNull(fc.boolean()),
  tags: orNull(fc.array(orNull(text), { maxLength: 3 })),
  numbers: orNull(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 3 })),
  doc: orNull(json),
  raw: orNull(json),
  ratio: orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
};
/** Few keys, so that changes meet; among them such as would be taken for each other if they were just joined. */
const key = fc.record({ a: fc.constantFrom('x', 'x1', '"{,}\\'), b: fc.constantFrom(1, 11n, 2n ** 62n) });
const some = fc.record(columns, { requiredKeys: [] }) as fc.Arbitrary<Row>;
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(key, some).map(([k, set]) => put('thing', { ...k, ...set })),
  fc.tuple(key, some).map(([k, set]) => patch('thing', k, set)),
  key.map((k) => remove('thing', k)),
);

const write = (name: string, changes: readonly Change[]): Promise<void> =>
  inTransaction(pool, async (tx) => {
    const collapsed: Collapsed = new Map();
    for (const one of changes) collapseInto(collapsed, encodeChange(layouts, one));
    await flush(
      tx,
      statementsOf(layouts, collapsed, () => `${schema}.${name}`),
    );
  });

/** The plainest way to write one change: what each kind means, in SQL of its own. */
const writePlainly = async (name: string, { ...one }: Change): Promise<void> => {
  const into = `${schema}.${name}`;
  const found = one.op === 'put' ? one.row : one.key;
  const bare = (column: string, value: Value | undefined): unknown =>
    value != null && ['doc', 'raw'].includes(column)
      ? JSON.stringify(value)
      : Array.isArray(value)
        ? value.map((item: Value) => (typeof item === 'bigint' ? item.toString() : item))
        : value;
  if (one.op !== 'patch') await pool.query(`delete from ${into} where a = $1 and b = $2`, [found['a'], found['b']]);
  const entries = Object.entries(one.op === 'put' ? one.row : one.op === 'patch' ? one.set : {});
  const values = entries.map(([column, value]) => bare(column, value));
  if (one.op === 'put')
    await pool.query(
      `insert into ${into} (${entries.map(([column]) => column).join()}) values (${values.map((_, i) => `$${i + 1}`).join()})`,
      values,
    );
  if (one.op === 'patch' && entries.length > 0)
    await pool.query(
      `update ${into} set ${entries.map(([column], i) => `${column} = $${i + 3}`).join()} where a = $1 and b = $2`,
      [found['a'], found['b'], ...values],
    );
};

const rowsOf = async (name: string): Promise<unknown[]> =>
  (await pool.query<Row>(`select *, raw::text as raw_text, ratio::text, at::text from ${schema}.${name} order by a, b`))
    .rows;

it('given any changes, cut into batches anywhere, then the rows are those of applying them one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 4 }), async (batches) => {
      await pool.query(`truncate ${schema}.collapsed, ${schema}.one_by_one`);
      for (const batch of batches) {
        await write('collapsed', batch);
        for (const one of batch) await writePlainly('one_by_one', one);
      }
      expect(await rowsOf('collapsed')).toEqual(await rowsOf('one_by_one'));
    }),
    { numRuns: 60 },
  );
});

it('given more rows than one statement takes, then all are written', async () => {
  await pool.query(`truncate ${schema}.collapsed`);
  await write(
    'collapsed',
    Array.from({ length: 11_000 }, (_, b) => put('thing', { a: 'many', b })),
  );
  const { rows } = await pool.query(`select count(*)::int as count, min(word) as word from ${schema}.collapsed`);
  expect(rows).toEqual([{ count: 11_000, word: 'none' }]);
});

describe('given a change that does not fit the table', () => {
  const misfits: readonly (readonly [string, Change, string])[] = [
    ['an unknown table', put('other', {}), 'there is no table "other"'],
    ['an unknown column', put('thing', { a: 'x', b: 1, c: 2 }), 'thing.c is no column of this view'],
    ['a missing key', put('thing', { a: 'x' }), 'thing.b is part of the key and missing'],
    ['a null key', remove('thing', { a: 'x', b: null }), 'thing.b is part of the key and missing'],
    ['more than the key', remove('thing', { a: 'x', b: 1, word: 'w' }), 'a key of thing is a, b and no more'],
    ['a key to be set', patch('thing', { a: 'x', b: 1 }, { b: 2 }), 'a patch cannot set thing.b'],
    ['an object for text', put('thing', { a: 'x', b: 1, word: {} }), 'column thing.word cannot hold {}'],
    ['no array for an array', put('thing', { a: 'x', b: 1, tags: 'w' }), 'column thing.tags cannot hold "w"'],
  ];
  it.each(misfits)('such as %s, then it says what is wrong', (_, misfit, message) => {
    expect(() => encodeChange(layouts, misfit)).toThrow(message);
  });
});
