import type { EventStore } from '@tempore/event-store';

const EMPTY = { events: [], revision: 'none' } as const;

/**
 * A log that knows which streams were empty when the survey looked, so that the import need not look again: half of all
 * its calls. What it knows it says once; where somebody else was faster the append conflicts, and then it looks.
 */
export const surveyedStore = (store: EventStore): EventStore => {
  const seenEmpty = new Set<string>();
  return {
    load: async (stream, from) => {
      if (seenEmpty.delete(stream)) return EMPTY;
      const slice = await store.load(stream, from);
      if (slice.revision === 'none') seenEmpty.add(stream);
      return slice;
    },
    append: (stream, expected, events) => store.append(stream, expected, events),
    subscribe: (options) => store.subscribe(options),
    readAll: (options) => store.readAll(options),
    newest: (categories) => store.newest(categories),
    close: () => store.close(),
  };
};
