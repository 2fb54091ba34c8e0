import { docket, docketEvents } from '@tempore/dockets';
import { subjectOf, toInstant } from '@tempore/kernel';
import { dueTimers } from '@tempore/read-models';

import { processOf } from './process';

/**
 * Lets happen what silence would hold up: a place that becomes free is offered right away, a window ends on time. What
 * fell due counts from its instant also where this comes late (rulebook 2.5).
 */
export const docketSettling = processOf({
  name: 'docket-settling',
  follows: docketEvents,
  graceMs: 0,
  step: ({ stream }, { runner, clock }) => runner.settle(docket, subjectOf(stream), clock()),
  timers: {
    // How late a window may end where nobody asks; who asks meets it ended on time.
    everyMs: 1_000,
    views: ['claims'],
    due: async ({ runner, database }, by, limit) =>
      (await dueTimers(database, by, limit)).map(({ docketId, dueAt }) => ({
        at: toInstant(dueAt),
        about: { docketId },
        run: (now) => runner.settle(docket, docketId, now),
      })),
  },
  watchdog: null,
});
