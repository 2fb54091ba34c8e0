import { ProjectionError } from './errors';
import type { Value } from './projection';

/** How the values of a column travel to Postgres: all of a statement's as one parameter, taken apart there again. */
export interface Column {
  /** One value in Postgres' own text. Throws a TypeError where the column cannot hold it. */
  readonly encode: (value: Value) => string | null;
  /** The parameter that carries encoded values. */
  readonly gather: (values: readonly (string | null)[]) => string;
  /** SQL that makes a set of such a parameter. */
  readonly spread: (parameter: string) => string;
  /** SQL that makes the column's value of one of the set. */
  readonly take: (value: string) => string;
}

const TYPE = /^([a-z_][a-z0-9_]*)\s*(?:\([^)]*\))?\s*(\[\])?\s*(\w+)?/i;
/** Second words that belong to the type; the one-word name says the same. */
const LONG_NAMES: ReadonlyMap<string, string> = new Map([
  ['double precision', 'float8'],
  ['character varying', 'varchar'],
  ['bit varying', 'varbit'],
  ['timestamp with', 'timestamptz'],
  ['timestamp without', 'timestamp'],
  ['time with', 'timetz'],
  ['time without', 'time'],
]);

/** Reads `uuid not null`, `numeric(12,2)`, `text[] not null default '{}'`. Throws `VIEW_MALFORMED`. */
export const columnOf = (name: string, definition: string): Column => {
  const [, type = '', array, second = ''] = TYPE.exec(definition.trim()) ?? [];
  if (!type) throw new ProjectionError('VIEW_MALFORMED', `column ${name}: "${definition}" does not begin with a type`);
  const short = LONG_NAMES.get(`${type} ${second}`.toLowerCase());
  if (short) throw new ProjectionError('VIEW_MALFORMED', `column ${name}: write "${short}" for "${type} ${second} …"`);
  const word = type.toLowerCase();
  if (array) return { ...arrays(word), encode: orNull(name, encodeArray) };
  if (word === 'json' || word === 'jsonb')
    return { ...documents(word), encode: orNull(name, (value) => JSON.stringify(value)) };
  return { ...scalars(word), encode: orNull(name, encodeScalar) };
};

type Travel = Pick<Column, 'gather' | 'spread' | 'take'>;

const scalars = (type: string): Travel => ({
  gather: arrayLiteral,
  spread: (parameter) => `unnest(${parameter}::${type}[])`,
  take: (value) => value,
});

/** `unnest` would take arrays of arrays apart altogether. */
const arrays = (type: string): Travel => ({
  gather: arrayLiteral,
  spread: (parameter) => `unnest(${parameter}::text[])`,
  take: (value) => `${value}::${type}[]`,
});

/** One document of all: within an array literal each of their many quotes would have to be escaped and read again. */
const documents = (type: 'json' | 'jsonb'): Travel => ({
  gather: (values) => `[${values.map((value) => value ?? 'null').join(',')}]`,
  spread: (parameter) => `${type}_array_elements(${parameter}::${type})`,
  take: (value) => `case when ${value}::text = 'null' then null else ${value} end`,
});

const orNull =
  (name: string, encode: (value: Value) => string | undefined) =>
  (value: Value): string | null => {
    if (value === null) return null;
    const text = encode(value);
    if (text === undefined) throw new TypeError(`column ${name} cannot hold ${JSON.stringify(value)}`);
    return text;
  };

const encodeScalar = (value: Value): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'object' ? undefined : String(value);

const encodeArray = (value: Value): string | undefined =>
  Array.isArray(value)
    ? arrayLiteral(value.map((item: Value) => (item === null ? null : (encodeScalar(item) ?? JSON.stringify(item)))))
    : undefined;

/** `{"a","b",NULL}`, as Postgres reads arrays. */
const arrayLiteral = (items: readonly (string | null)[]): string => {
  let text = '{';
  for (const item of items) {
    if (text.length > 1) text += ',';
    text += item === null ? 'NULL' : SPECIAL.test(item) ? `"${item.replace(EACH_SPECIAL, '\\$&')}"` : `"${item}"`;
  }
  return `${text}}`;
};

const SPECIAL = /["\\]/;
const EACH_SPECIAL = /["\\]/g;
