import { docket, docketEvents } from '@tempore/dockets';
import { subjectOf } from '@tempore/kernel';

import type { Clock } from '../../composition/src/clock';
import { dueOnDockets } from '../../composition/src/due';
import type { Stores } from '../../composition/src/stores';
import type { Process, Work } from './process';

/** How many of the due are driven on at a time. */
const AT_ONCE = 200;
/** How late a window may end where nobody asks; who asks meets it ended on time. */
const WATCH_EVERY_MS = 1_000;

/**
 * Lets happen what silence would hold up: a place that becomes free is offered right away, a window ends on time. What
 * fell due counts from its instant also where this comes late (rulebook 2.5).
 */
export const docketSettling = (stores: Pick<Stores, 'runner' | 'database'>, clock: Clock): Process => ({
  name: 'docket-settling',
  interestedIn: docketEvents.map(({ type }) => type),
  nudge: ({ stream, metadata }): Work => ({
    due: metadata.recordedAt,
    about: { stream },
    run: () => stores.runner.settle(docket, subjectOf(stream), clock()),
  }),
  watchEveryMs: WATCH_EVERY_MS,
  overdue: async () => {
    const now = clock();
    const due = await dueOnDockets(stores, now, AT_ONCE);
    return due.map(({ at, about, run }) => ({ due: now, about: { ...about, at }, run: () => run(now) }));
  },
});
