import { StoreUnavailable } from '@tempore/event-store';
import { isMissing } from '@tempore/projections';

/** Connection-level failures of Postgres and of the sockets below it. */
export const isDatabaseDown = (error: unknown): boolean => {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string')
    return /^(08|57P0|53|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)/.test(code);
  return (
    typeof message === 'string' &&
    /^Connection terminated|timeout exceeded when trying to connect|^Query read timeout/.test(message)
  );
};

/** Whether a store is away, so that nothing can be said of what was tried. */
export const isOutage = (error: unknown): boolean => error instanceof StoreUnavailable || isDatabaseDown(error);

/**
 * Whether the views cannot be asked: their database is away, or no projector has made them yet, or those that readers see
 * are of a release before this one, without a column that this one asks for.
 */
export const isReadSideAway = (error: unknown): boolean =>
  isDatabaseDown(error) || isMissing(error) || (error as { code?: unknown }).code === UNDEFINED_COLUMN;

const UNDEFINED_COLUMN = '42703';
