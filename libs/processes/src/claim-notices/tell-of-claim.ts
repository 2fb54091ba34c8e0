import type { DocketEvent } from '@messages/dockets';
import type { Notice } from '@messages/notices';
import type { Claim, DocketState, StartClock } from '@tempore/dockets';
import { type Instant, type LoggedEvent, subjectOf } from '@tempore/kernel';

import { noticesOf, type SaleNames } from './claim-notices';

/** The log, as far as the process touches it. Each command may be sent again: it takes effect once. */
export interface ClaimNoticesLog {
  readonly readDocket: (docketId: string) => Promise<DocketState>;
  /** What people call the sale that an event is about. */
  readonly namesOf: (event: DocketEvent, state: DocketState) => Promise<SaleNames>;
  /** Answers since when the notice stands. */
  readonly giveNotice: (noticeId: string, notice: Notice) => Promise<Instant>;
  readonly startClock: (docketId: string, command: StartClock) => Promise<unknown>;
}

/**
 * Tells whoever has to know of an event on a docket, and then the docket that its partner's notice stands, where a clock
 * waits for that (rulebook 9). Whoever calls this again, after a crash in between, comes to the same end: the clock counts
 * from when the notice came to stand, whenever the docket learns of it.
 */
export const tellOfClaim = async (
  log: ClaimNoticesLog,
  event: LoggedEvent<DocketEvent>,
  now: Instant,
): Promise<void> => {
  const docketId = subjectOf(event.stream);
  const state = await log.readDocket(docketId);
  const claimOf = (dealId: string): Claim | undefined => state.claims.find((claim) => claim.dealId === dealId);
  for (const { noticeId, notice } of noticesOf(event, now, claimOf, await log.namesOf(event, state))) {
    const noticeStoodAt = await log.giveNotice(noticeId, notice);
    if (notice.addressee.kind !== 'partner') continue;
    for (const { dealId, waiting } of state.claims)
      if (waiting.some(({ eventId }) => eventId === event.id))
        await log.startClock(docketId, {
          type: 'StartClock',
          data: { dealId, eventId: event.id, noticeId, noticeStoodAt },
        });
  }
};
