import { type DocketEvent, docket, docketEvents } from '@tempore/dockets';
import { deriveId, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { inbox, inboxId } from '@tempore/notices';
import { noticesOf } from '@tempore/processes';

import type { Clock } from '../../composition/src/clock';
import type { Stores } from '../../composition/src/stores';
import type { Process } from './process';

const NEVER_MIND_MS = 3_600_000;

/** Tells partners and reviewers what happened on a docket. A clock against somebody runs from what stands in their inbox. */
export const claimNotices = ({ runner }: Pick<Stores, 'runner'>, clock: Clock): Process => {
  const tell = async (event: LoggedEvent<DocketEvent>): Promise<void> => {
    const { state } = await runner.read(docket, subjectOf(event.stream));
    const partnerOf = (dealId: string): string | undefined =>
      state.claims.find((claim) => claim.dealId === dealId)?.partnerId;
    for (const notice of noticesOf(event, partnerOf)) {
      const commandId = deriveId('give-notice', notice.noticeId);
      const { actor, $correlationId: correlationId } = event.metadata;
      const meta = { commandId, requestHash: '', actor, now: clock(), correlationId, causationId: event.id };
      await runner.run(inbox, inboxId(notice.addressee), { type: 'GiveNotice', data: notice }, meta, {});
    }
  };
  return {
    name: 'claim-notices',
    interestedIn: docketEvents.map(({ type }) => type),
    nudge: (event) => ({
      due: event.metadata.recordedAt,
      about: { event: event.id },
      run: () => tell(event as LoggedEvent<DocketEvent>),
    }),
    // Every event is told from its place in the log; nothing is left open beside it.
    watchEveryMs: NEVER_MIND_MS,
    overdue: () => Promise.resolve([]),
  };
};
