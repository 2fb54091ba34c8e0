import { DOCKET, docket, docketClocks, type DocketEvent, docketEvents, type DocketState } from '@tempore/dockets';
import { catalogueOf, decode, deriveId, type Instant, type LoggedEvent } from '@tempore/kernel';
import { partner } from '@tempore/partners';
import { type SaleNames, tellOfClaim } from '@tempore/processes';
import { lineNameOf, lines, PROGRAMME } from '@tempore/programme';
import { waitingClocks } from '@tempore/read-models';

import type { Clock } from '../../composition/src/clock';
import { dueToRemind } from '../../composition/src/due';
import type { Stores } from '../../composition/src/stores';
import { giveNotice } from './give-notice';
import { later } from './later';
import type { Process, Work } from './process';

/** How late a reminder may come. */
const WATCH_EVERY_MS = 60_000;
/** A clock that has waited so long for its notice waits for one that was left out. */
const OVERDUE_MS = 15_000;
/** How many reminders are given at a time. */
const AT_ONCE = 200;

const catalogue = catalogueOf(...docketEvents);

/** Tells partners and reviewers what happened on a docket, and the docket from when its clocks against a partner run. */
export const claimNotices = (stores: Pick<Stores, 'runner' | 'database' | 'eventStore'>, clock: Clock): Process => {
  const { runner, database, eventStore } = stores;
  const namesOf = async ({ data }: DocketEvent, { subject, claims }: DocketState): Promise<SaleNames> => {
    const partnerId = 'dealId' in data ? claims.find(({ dealId }) => dealId === data.dealId)?.partnerId : undefined;
    const [catalogue, named] = await Promise.all([
      runner.read(lines, PROGRAMME),
      partnerId === undefined ? undefined : runner.read(partner, partnerId),
    ]);
    return {
      line: lineNameOf(catalogue.state, subject?.productLine ?? ''),
      partner: named && named.state.status !== 'none' ? named.state.particulars.legalName : '',
    };
  };
  const tell = (event: LoggedEvent<DocketEvent>, now: Instant): Promise<void> =>
    tellOfClaim(
      {
        readDocket: async (docketId) => (await runner.read(docket, docketId)).state,
        namesOf,
        giveNotice: (noticeId, notice) => giveNotice(runner, now, noticeId, notice, event),
        startClock: (docketId, command) => {
          const { actor, $correlationId: correlationId } = event.metadata;
          const commandId = deriveId('start-clock', docketId, command.data.eventId);
          const meta = { commandId, requestHash: '', actor, now, correlationId, causationId: event.id };
          return runner.run(docketClocks, docketId, command, meta, {});
        },
      },
      event,
      now,
    );

  /** Tells once more of every event for whose notice a clock waits. */
  const tellAgain = async (docketId: string, now: Instant): Promise<void> => {
    const { state } = await runner.read(docket, docketId);
    const waiting = new Set(state.claims.flatMap((claim) => claim.waiting.map(({ eventId }) => eventId)));
    const { events } = await eventStore.load(`${DOCKET}-${docketId}`);
    for (const event of events)
      if (waiting.has(event.id)) await tell(decode(catalogue, event) as LoggedEvent<DocketEvent>, now);
  };

  return {
    name: 'claim-notices',
    interestedIn: docketEvents.map(({ type }) => type),
    nudge: (event) => ({
      due: event.metadata.recordedAt,
      about: { event: event.id },
      run: () => tell(event as LoggedEvent<DocketEvent>, clock()),
    }),
    // What no event brings about is that an end draws near.
    watchEveryMs: WATCH_EVERY_MS,
    overdue: async () => {
      const now = clock();
      const reminders = await dueToRemind(stores, now, AT_ONCE);
      const untold = await waitingClocks(database, later(now, -OVERDUE_MS), AT_ONCE);
      return [
        ...reminders.map(({ about, run }): Work => ({ due: now, about, run: () => run(now) })),
        ...untold.map(({ docketId }): Work => ({ due: now, about: { docketId }, run: () => tellAgain(docketId, now) })),
      ];
    },
  };
};
