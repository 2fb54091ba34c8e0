import { ProjectionError } from './errors';
import type { Value } from './projection';

/** How values of a column travel to Postgres: as one array per column, read back by `unnest`. */
export interface Column {
  /** The parameter's type: `uuid[]`; `text[]` for what has to be cast value by value. */
  readonly parameter: string;
  /** Cast of one value taken from the parameter; empty where the parameter has the column's own type. */
  readonly cast: string;
  readonly encode: (value: Value) => string | null;
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
  if (array) return { parameter: 'text[]', cast: `::${word}[]`, encode: orNull(name, encodeArray) };
  if (word === 'jsonb' || word === 'json')
    return { parameter: 'text[]', cast: `::${word}`, encode: orNull(name, (value) => JSON.stringify(value)) };
  return { parameter: `${word}[]`, cast: '', encode: orNull(name, encodeScalar) };
};

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
export const arrayLiteral = (items: readonly (string | null)[]): string => {
  let text = '{';
  for (const item of items) {
    if (text.length > 1) text += ',';
    text += item === null ? 'NULL' : SPECIAL.test(item) ? `"${item.replace(EACH_SPECIAL, '\\$&')}"` : `"${item}"`;
  }
  return `${text}}`;
};

const SPECIAL = /["\\]/;
const EACH_SPECIAL = /["\\]/g;
