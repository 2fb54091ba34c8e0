export type ProjectionErrorCode =
  /** A declaration breaks a rule of the engine. */
  | 'VIEW_MALFORMED'
  /** The tables of a version are not those that it was built with. */
  | 'VIEW_CHANGED'
  /** The checkpoint was saved against another log. */
  | 'CHECKPOINT_FOREIGN'
  /** There is no such view or version. */
  | 'VIEW_UNKNOWN'
  /** The view did not get to the place in time. */
  | 'VIEW_BEHIND'
  /** The view stopped at an event that it cannot project. */
  | 'VIEW_STOPPED'
  /** The version cannot be switched to or dropped as it stands. */
  | 'VERSION_NOT_READY';

/** A failure that people are told of, under a code that never changes; the message names the remedy. */
export class ProjectionError extends Error {
  override readonly name = 'ProjectionError';

  constructor(
    readonly code: ProjectionErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Another worker holds the view now, or a command changed it under this one: what was under way is rolled back. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** An event, or a run of them, that the view's own code makes no rows of. */
export class Unprojectable extends Error {
  override readonly name = 'Unprojectable';
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Whether the failure lies in the event or in the view's code, so that the same event will fail again: anything thrown
 * by our own code, and of what Postgres answers the classes for data, constraints, limits and wrong statements. All
 * else (connection, serialization, resources, shutdown, tables dropped under us) passes, and is tried again.
 */
export const isPoison = (error: unknown): error is Error => {
  if (error instanceof Unprojectable) return true;
  const state = sqlState(error);
  return state !== undefined && !MISSING.has(state) && POISON_CLASSES.has(state.slice(0, 2));
};

const POISON_CLASSES = new Set(['0A', '21', '22', '23', '42', '54', 'P0']);
/** undefined_table: the schema was not made yet, or was dropped, and is made again. */
const MISSING = new Set(['42P01']);

/** Whether a table that the statement names is not there. */
export const isMissing = (error: unknown): boolean => MISSING.has(sqlState(error) ?? '');

const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined;
