import { docket, docketEvents } from '@tempore/dockets';
import { type CommandMeta, NOBODY } from '@tempore/event-store';
import { deriveId, type Instant, subjectOf } from '@tempore/kernel';
import { dueTimers } from '@tempore/read-models';

import type { Clock } from '../../composition/src/clock';
import type { Stores } from '../../composition/src/stores';
import type { Process, Work } from './process';

/** How many dockets are driven on at a time. */
const AT_ONCE = 200;

/** Lets happen on one docket what is due there by now. Harmless where nothing is. */
export const settleDocket = async (
  { runner }: Pick<Stores, 'runner'>,
  docketId: string,
  now: Instant,
): Promise<void> => {
  const commandId = deriveId('settle', docketId, now);
  const meta: CommandMeta = { commandId, requestHash: '', actor: NOBODY, now, correlationId: commandId };
  await runner.settle(docket, docketId, meta);
};

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
    run: () => settleDocket(stores, subjectOf(stream), clock()),
  }),
  overdue: async () => {
    const now = clock();
    const timers = await dueTimers(stores.database, now, AT_ONCE);
    return timers.map(({ docketId, dueAt }) => ({
      due: now,
      about: { docketId, dueAt },
      run: () => settleDocket(stores, docketId, now),
    }));
  },
});
