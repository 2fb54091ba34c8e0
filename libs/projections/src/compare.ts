import { escapeIdentifier } from 'pg';

import { type Queryable, unhurried } from './database';
import { ProjectionError } from './errors';

/** One row that two tables do not have alike; null where one of them has none under that key. */
export interface RowDifference {
  readonly key: Readonly<Record<string, unknown>>;
  readonly left: Readonly<Record<string, unknown>> | null;
  readonly right: Readonly<Record<string, unknown>> | null;
}

export interface TableComparison {
  readonly table: string;
  /** The columns that both have; all others are passed over. */
  readonly columns: readonly string[];
  readonly leftRows: number;
  readonly rightRows: number;
  readonly onlyLeft: number;
  readonly onlyRight: number;
  /** Rows under the same key that differ in a column. */
  readonly different: number;
  /** The first differences, by key. */
  readonly first: readonly RowDifference[];
}

export const isEqual = ({ onlyLeft, onlyRight, different }: TableComparison): boolean =>
  onlyLeft + onlyRight + different === 0;

const SHOWN = 10;

/**
 * Compares two tables row by row over the columns that both have. Throws `VERSION_NOT_READY` where their keys differ:
 * then there is no telling which rows belong together.
 *
 * @param left and right as SQL has to name them
 */
export const compareTables = async (
  tx: Queryable,
  table: string,
  left: string,
  right: string,
): Promise<TableComparison> => {
  const inLeft = await shapeOf(tx, left);
  const inRight = await shapeOf(tx, right);
  const { key } = inLeft;
  if (key.join() !== inRight.key.join())
    throw new ProjectionError(
      'VERSION_NOT_READY',
      `table "${table}" cannot be compared: its key is (${key.join(', ')}) and (${inRight.key.join(', ')})`,
    );
  const columns = inLeft.columns.filter((column) => inRight.columns.includes(column));
  const on = key.map((column) => `l.${quoted(column)} = r.${quoted(column)}`).join(' and ');
  const rowOf = (side: string): string =>
    `jsonb_build_object(${columns.map((column) => `'${column}', ${side}.${quoted(column)}::text`).join(', ')})`;
  // As text, so that every type can be compared, also those without an equality, and to the last digit.
  const textOf = (side: string): string =>
    `row(${columns.map((column) => `${side}.${quoted(column)}::text`).join(', ')})`;
  const [keyColumn = ''] = key;
  const differing = `
    from ${left} l full join ${right} r on ${on}
    where l.${quoted(keyColumn)} is null or r.${quoted(keyColumn)} is null or ${textOf('l')} is distinct from ${textOf('r')}`;
  const counts = await tx.query(
    unhurried(`select (select count(*) from ${left})::int as "leftRows", (select count(*) from ${right})::int as "rightRows",
            count(*) filter (where "inLeft" and not "inRight")::int as "onlyLeft",
            count(*) filter (where "inRight" and not "inLeft")::int as "onlyRight",
            count(*) filter (where "inLeft" and "inRight")::int as different
     from (select l.${quoted(keyColumn)} is not null as "inLeft", r.${quoted(keyColumn)} is not null as "inRight"
           ${differing}) d`),
  );
  const [count] = counts.rows as Pick<
    TableComparison,
    'leftRows' | 'rightRows' | 'onlyLeft' | 'onlyRight' | 'different'
  >[];
  if (!count) throw new Error('a count gives one row');
  const sameOrder = key.map((column) => `coalesce(l.${quoted(column)}, r.${quoted(column)})`).join(', ');
  const { rows } = await tx.query(
    unhurried(`select case when l.${quoted(keyColumn)} is not null then ${rowOf('l')} end as left,
            case when r.${quoted(keyColumn)} is not null then ${rowOf('r')} end as right
     ${differing} order by ${sameOrder} limit ${SHOWN}`),
  );
  const first = (rows as Omit<RowDifference, 'key'>[]).map((row) => ({
    key: Object.fromEntries(key.map((column) => [column, (row.left ?? row.right)?.[column]])),
    ...row,
  }));
  return { table, columns, ...count, first };
};

const quoted = escapeIdentifier;

interface Shape {
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

const shapeOf = async (tx: Queryable, table: string): Promise<Shape> => {
  const { rows } = await tx.query(
    `select coalesce(array_agg(a.attname::text order by a.attnum), '{}') as columns,
            coalesce(array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
              filter (where a.attnum = any (i.indkey)), '{}') as key
     from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped`,
    [table],
  );
  const [shape] = rows as Shape[];
  if (!shape || shape.columns.length === 0) throw new ProjectionError('VIEW_UNKNOWN', `there is no table ${table}`);
  return shape;
};
