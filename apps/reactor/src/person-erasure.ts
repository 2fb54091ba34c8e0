import { pursueErasure } from '@tempore/acts';
import { NOBODY } from '@tempore/event-store';
import { subjectOf } from '@tempore/kernel';
import { erasureBegun, person } from '@tempore/people';
import { listOpenErasures } from '@tempore/read-models';

import type { Clock } from '../../composition/src/clock';
import type { Stores } from '../../composition/src/stores';
import { later } from './later';
import type { Process } from './process';

/** Whoever begins an erasure ends it before the request is answered; one that is older was left by a crash. */
const GRACE_MS = 3_000;
const OVERDUE_MS = 15_000;
const WATCH_EVERY_MS = 30_000;
/** How many of the overdue are driven on at a time. */
const OVERDUE_AT_ONCE = 100;

/** Ends erasures: those that a crash left begun, and those whose last hold ran out with nobody asking again. */
export const personErasure = (stores: Pick<Stores, 'runner' | 'vault' | 'database'>, clock: Clock): Process => {
  const { runner, database } = stores;
  return {
    name: 'person-erasure',
    interestedIn: [erasureBegun.type],
    nudge: ({ id, stream, metadata: { recordedAt, actor, $correlationId: correlationId } }) => ({
      due: later(recordedAt, GRACE_MS),
      about: { stream },
      run: async () => {
        await pursueErasure(stores, subjectOf(stream), { actor, now: clock(), correlationId, causationId: id });
      },
    }),
    watchEveryMs: WATCH_EVERY_MS,
    overdue: async () => {
      const now = clock();
      const left = await listOpenErasures(database, {
        askedBefore: later(now, -OVERDUE_MS),
        now,
        limit: OVERDUE_AT_ONCE,
      });
      return left.map((personId) => ({
        due: now,
        about: { personId },
        run: async () => {
          await runner.settle(person, personId, now);
          await pursueErasure(stores, personId, { actor: NOBODY, now, correlationId: personId });
        },
      }));
    },
  };
};
