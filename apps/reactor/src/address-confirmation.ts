import { linkEnds } from '@tempore/acts';
import { deriveId, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { latestVersion } from '@tempore/notices';
import {
  partner,
  type PartnerPeopleEvent,
  partnerPersonInvited,
  partnerPersonJoined,
  unconfirmedAddress,
} from '@tempore/partners';

import type { Clock } from '../../composition/src/clock';
import type { Stores } from '../../composition/src/stores';
import { giveNotice } from './give-notice';
import type { Process } from './process';

type Asked = LoggedEvent<Extract<PartnerPeopleEvent, { type: 'partner-person-joined' | 'partner-person-invited' }>>;

/** Asks whoever is named with an address whether it is theirs; also those who were named before anybody was asked. */
export const addressConfirmation = ({ runner }: Pick<Stores, 'runner'>, clock: Clock): Process => {
  const ask = async (event: Asked): Promise<void> => {
    const partnerId = subjectOf(event.stream);
    const { personId } = event.data;
    const { state } = await runner.read(partner, partnerId);
    if (state.status === 'none' || state.status === 'ended' || !unconfirmedAddress(state.people, personId)) return;
    const now = clock();
    const notice = {
      addressee: { kind: 'person' as const, id: personId },
      template: 'address-to-confirm' as const,
      templateVersion: latestVersion('address-to-confirm'),
      parameters: { partnerId, partner: state.particulars.legalName, confirmBy: linkEnds(now) },
      subject: `partner/${partnerId}`,
      eventId: event.id,
    };
    await giveNotice(runner, now, deriveId('notice', event.id, notice.template), notice, event);
  };
  return {
    name: 'address-confirmation',
    interestedIn: [partnerPersonJoined.type, partnerPersonInvited.type],
    nudge: (event) => ({
      due: event.metadata.recordedAt,
      about: { event: event.id },
      run: () => ask(event as Asked),
    }),
    watchEveryMs: WATCH_EVERY_MS,
    // Every one is asked from its place in the log, and may be invited again by hand.
    overdue: () => Promise.resolve([]),
  };
};

const WATCH_EVERY_MS = 3_600_000;
