import { badRequest } from '../failure';
import { type Entry } from '../storage/entry';
import { type EventLog } from '../storage/event-log';

/**
 * Refuses a position between two events: it belongs to another log. The beginning and whatever lies past the end are
 * positions of every log.
 *
 * @throws CallFailed
 */
export const checkPosition = (log: EventLog, position: bigint): void => {
  if (position === 0n || position > (log.head() ?? -1n) || log.entry(position)) return;
  throw badRequest(`Position ${position} is not the position of an event: is it a checkpoint of another store?`);
};

/** The events from a position on, until there are no more. Between two of them any time may pass. */
export function* logForwards(log: EventLog, from: bigint): Generator<Entry, void> {
  for (let page = log.forwards(from); page.length > 0; page = log.forwards(lastOf(page) + 1n)) yield* page;
}

/** The events before a position, the latest first; `undefined` begins at the end. */
export function* logBackwards(log: EventLog, before: bigint | undefined): Generator<Entry, void> {
  for (let page = log.backwards(before); page.length > 0; page = log.backwards(lastOf(page))) yield* page;
}

const lastOf = (page: readonly Entry[]): bigint => page.at(-1)?.position ?? 0n;
