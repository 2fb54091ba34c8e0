/** The one thing a query needs of a database. */
export interface Database {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** One page of a list, and where the next one begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** `null` on the last page. */
  readonly next: string | null;
}

/** Which part of a list is asked for: at most `limit` items behind `cursor`. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A cursor that this list never gave. */
export class UnknownCursor extends Error {
  override readonly name = 'UnknownCursor';
}

const encode = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort key that a cursor stands for: as many strings as the list is sorted by. Throws `UnknownCursor`. */
export const openCursor = (cursor: string, length: number): readonly string[] => {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string')) return key;
  } catch {
    // said below
  }
  throw new UnknownCursor('The cursor is not one that this list gave');
};

/** Cuts a page out of rows that were asked for with one more than the limit. */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly string[],
  toItem: (row: Row) => Item,
): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last ? encode(keyOf(last)) : null };
};
