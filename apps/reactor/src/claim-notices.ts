import { type Claim, type DocketEvent, docket, docketEvents, type DocketState } from '@tempore/dockets';
import { type LoggedEvent, subjectOf } from '@tempore/kernel';
import { partner } from '@tempore/partners';
import { noticesOf, type SaleNames } from '@tempore/processes';
import { lineNameOf, lines, PROGRAMME } from '@tempore/programme';

import type { Clock } from '../../composition/src/clock';
import { dueToRemind } from '../../composition/src/due';
import type { Stores } from '../../composition/src/stores';
import { giveNotice } from './give-notice';
import type { Process } from './process';

/** How late a reminder may come. */
const WATCH_EVERY_MS = 60_000;
/** How many reminders are given at a time. */
const AT_ONCE = 200;

/** Tells partners and reviewers what happened on a docket. A clock against somebody runs from what stands in their inbox. */
export const claimNotices = (stores: Pick<Stores, 'runner' | 'database'>, clock: Clock): Process => {
  const { runner } = stores;
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
  const tell = async (event: LoggedEvent<DocketEvent>): Promise<void> => {
    const { state } = await runner.read(docket, subjectOf(event.stream));
    const claimOf = (dealId: string): Claim | undefined => state.claims.find((claim) => claim.dealId === dealId);
    for (const { noticeId, notice } of noticesOf(event, claimOf, await namesOf(event, state)))
      await giveNotice(runner, clock, noticeId, notice, event);
  };
  return {
    name: 'claim-notices',
    interestedIn: docketEvents.map(({ type }) => type),
    nudge: (event) => ({
      due: event.metadata.recordedAt,
      about: { event: event.id },
      run: () => tell(event as LoggedEvent<DocketEvent>),
    }),
    // Every event is told from its place in the log; what no event brings about is that an end draws near.
    watchEveryMs: WATCH_EVERY_MS,
    overdue: async () => {
      const now = clock();
      const due = await dueToRemind(stores, now, AT_ONCE);
      return due.map(({ about, run }) => ({ due: now, about, run: () => run(now) }));
    },
  };
};
