import { categories } from '@tempore/catalogue';
import { openEventStore } from '@tempore/event-store';
import type { Projection } from '@tempore/projections';
import { dealsView } from '@tempore/read-models';

import { logSource, views } from '../../../apps/composition/src/views';
import { eventStoreUrl, freshNamespace } from '../../stores';
import { openBareClient } from '../bare-client';
import { buildMs, withoutIndexes } from '../built-views';
import { countLog } from '../log';
import type { Aim, Figure, Measure } from '../measure';
import { goOn } from '../programme-log';
import { inTurns } from '../rounds';

interface Built {
  readonly what: string;
  readonly built: readonly Projection[];
  readonly aim?: Aim;
}

const builds: readonly Built[] = [
  { what: 'all views together', built: views.map(withoutIndexes), aim: { of: 'ratio', least: 0.5 } },
  { what: 'all views and their indexes', built: views },
  { what: 'one view (deals)', built: [withoutIndexes(dealsView)], aim: { of: 'ratio', least: 0.85 } },
];

export const rebuild: Measure = {
  name: 'rebuild',
  why: 'views built from nothing, held against reading the same log and doing nothing with it',
  run: async (size) => {
    const namespace = freshNamespace();
    const store = openEventStore({ url: eventStoreUrl(), namespace });
    const bare = openBareClient();
    const prefixes = categories.map((category) => `${namespace}.${category}-`);
    try {
      await goOn(store, size.events[0]);
      const { events, end } = await countLog(store, categories);
      const figures: Figure[] = [];
      for (const { what, built, aim } of builds) {
        const { value, peer, ratio } = await inTurns(
          size,
          () => bare.catchUp(prefixes, events),
          async () => (events * 1_000) / (await buildMs(logSource(store), built, end)),
        );
        figures.push({
          what: `${what}, ${events} events`,
          value,
          unit: '/s',
          peer: { what: 'bare catch-up', value: peer },
          ratio,
          ...(aim && { aim }),
        });
      }
      return figures;
    } finally {
      await bare.close();
      await store.close();
    }
  },
};
