import type { StoredEvent } from '@tempore/kernel';

import type { System } from './system';

/** Everything that the log holds of a category, in its order. */
export const eventsOf = async ({ stores }: System, category: string): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of stores.eventStore.readAll({ categories: [category], signal })) events.push(event);
  return events;
};

export const recordedAt = (event: StoredEvent | undefined): string =>
  (event?.metadata as { recordedAt?: string } | undefined)?.recordedAt ?? '';
