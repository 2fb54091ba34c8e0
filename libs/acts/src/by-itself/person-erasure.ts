import { NOBODY } from '@tempore/event-store';
import { type Instant, subjectOf, toInstant } from '@tempore/kernel';
import { erasureBegun, person } from '@tempore/people';
import { dueErasures, listOpenErasures } from '@tempore/read-models';

import { pursueErasure } from '../people/erasure';
import { OVERDUE_AT_ONCE, processOf, type TimedStores } from './process';

const settleAndErase = async (stores: TimedStores, personId: string, now: Instant): Promise<void> => {
  await stores.runner.settle(person, personId, now);
  await pursueErasure(stores, personId, { actor: NOBODY, now, correlationId: personId });
};

/** Ends erasures: those that a crash left begun, and those whose last hold ran out with nobody asking again. */
export const personErasure = processOf({
  name: 'person-erasure',
  follows: [erasureBegun],
  // Whoever begins an erasure ends it before the request is answered.
  graceMs: 3_000,
  step: async ({ id, stream, metadata: { actor, $correlationId: correlationId } }, surroundings) => {
    const now = surroundings.clock();
    await pursueErasure(surroundings, subjectOf(stream), { actor, now, correlationId, causationId: id });
  },
  timers: {
    everyMs: 30_000,
    views: ['people'],
    due: async (stores, by, limit) =>
      (await dueErasures(stores.database, by, limit)).map(({ personId, dueAt }) => ({
        at: toInstant(dueAt),
        about: { personId },
        run: (now) => settleAndErase(stores, personId, now),
      })),
  },
  watchdog: {
    everyMs: 30_000,
    overdue: async (surroundings) => {
      const now = surroundings.clock();
      const askedBefore = surroundings.leftBefore();
      const left = await listOpenErasures(surroundings.database, { askedBefore, now, limit: OVERDUE_AT_ONCE });
      return left.map((personId) => ({ about: { personId }, run: () => settleAndErase(surroundings, personId, now) }));
    },
  },
});
