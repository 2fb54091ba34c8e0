import type { EventStore } from '@tempore/event-store';
import type { Position, StoredEvent } from '@tempore/kernel';

/** How many events of these categories stand in a log, and the place of the last. Throws where there is none. */
export const countLog = async (
  store: EventStore,
  categories: readonly string[],
): Promise<{ readonly events: number; readonly first: Position; readonly end: Position }> => {
  const { signal } = new AbortController();
  let events = 0;
  let first: Position | undefined;
  let end: Position | undefined;
  for await (const { position } of store.readAll({ categories, signal })) {
    first ??= position;
    end = position;
    events++;
  }
  if (!first || !end) throw new RangeError('nothing stands in this log');
  return { events, first, end };
};

export const readLog = async (store: EventStore, categories: readonly string[]): Promise<readonly StoredEvent[]> => {
  const { signal } = new AbortController();
  const events: StoredEvent[] = [];
  for await (const event of store.readAll({ categories, signal })) events.push(event);
  return events;
};
