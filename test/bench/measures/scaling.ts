import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { categories } from '@tempore/catalogue';
import { type EventStore, openEventStore } from '@tempore/event-store';
import type { Position } from '@tempore/kernel';
import { openViewWatch } from '@tempore/projections';

import { READ_SCHEMA, views } from '../../../apps/composition/src/views';
import { descendantsOf } from '../../harness/processes';
import { eventStoreUrl, freshNamespace } from '../../stores';
import { openBareClient } from '../bare-client';
import { BUILT_WITHIN_MS } from '../built-views';
import { withInstallation } from '../installation';
import { countLog } from '../log';
import type { Measure } from '../measure';
import { goOn } from '../programme-log';

interface Built {
  readonly ms: number;
  readonly mb: number;
}

/** Has a projector, a process as in production, build every view: from the first batch committed to the last. */
const build = (namespace: string, first: Position, end: Position): Promise<Built> =>
  withInstallation(async ({ databaseUrl, startProjector }) => {
    const watch = await openViewWatch({ connectionString: databaseUrl, schema: READ_SCHEMA });
    const reached = (place: Position): Promise<void>[] =>
      views.map(({ name }) => watch.reached(name, place, BUILT_WITHIN_MS));
    try {
      const ended = Promise.all(reached(end));
      startProjector();
      await Promise.race([...reached(first), ended]);
      const began = performance.now();
      await ended;
      return { ms: performance.now() - began, mb: peakMb() };
    } finally {
      await watch.close();
    }
  }, namespace);

/** What the projector held at most; where the system does not say, what it holds now. */
const peakMb = (): number => {
  const projector = descendantsOf(process.pid).find(({ command }) => command.includes('apps/projector/'));
  if (!projector) throw new Error('the projector has ended');
  const kilobytes =
    process.platform === 'linux'
      ? /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${projector.pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', projector.pid.toString()], { encoding: 'utf8' });
  return Number(kilobytes) / 1_024;
};

interface Measured extends Built {
  readonly events: number;
  readonly bareMs: number;
}

const measureLog = async (store: EventStore, namespace: string): Promise<Measured> => {
  const bare = openBareClient();
  try {
    const { events, first, end } = await countLog(store, categories);
    const prefixes = categories.map((category) => `${namespace}.${category}-`);
    const rate = await bare.catchUp(prefixes, events);
    return { events, bareMs: (events * 1_000) / rate, ...(await build(namespace, first, end)) };
  } finally {
    await bare.close();
  }
};

/** Building that is linear takes five times as long for five times as much; a little more is let pass. */
const MOST_OVER_LINEAR = 5.2 / 5;

export const scaling: Measure = {
  name: 'scaling',
  why: 'all views built by a projector in a process of its own: a long log held against a shorter one',
  inFullOnly: true,
  run: async ({ events: [few, many] }) => {
    const namespace = freshNamespace();
    const store = openEventStore({ url: eventStoreUrl(), namespace });
    try {
      await goOn(store, few);
      const shorter = await measureLog(store, namespace);
      await goOn(store, many - few);
      const longer = await measureLog(store, namespace);
      const value = longer.ms / shorter.ms;
      const peer = longer.bareMs / shorter.bareMs;
      return [
        {
          what: `time for ${longer.events} events over that for ${shorter.events}`,
          value,
          unit: '×',
          peer: { what: 'bare catch-up', value: peer },
          ratio: value / peer,
          aim: { of: 'value', most: MOST_OVER_LINEAR * (longer.events / shorter.events) },
        },
        {
          what: `memory at most, ${longer.events} events`,
          value: longer.mb,
          unit: 'MB',
          peer: { what: `${shorter.events} events`, value: shorter.mb },
          ratio: longer.mb / shorter.mb,
          aim: { of: 'ratio', most: 1.2 },
        },
      ];
    } finally {
      await store.close();
    }
  },
};
