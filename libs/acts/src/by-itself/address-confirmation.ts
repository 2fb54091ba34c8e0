import { deriveId, subjectOf } from '@tempore/kernel';
import { latestVersion } from '@tempore/notices';
import { partner, partnerPersonInvited, partnerPersonJoined, unconfirmedAddress } from '@tempore/partners';

import { linkEnds } from '../people/mailed-links';
import { giveNotice } from './give-notice';
import { processOf } from './process';

/** Asks whoever is named with an address whether it is theirs; also those who were named before anybody was asked. */
export const addressConfirmation = processOf({
  name: 'address-confirmation',
  follows: [partnerPersonJoined, partnerPersonInvited],
  graceMs: 0,
  step: async (event, { runner, clock }) => {
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
  },
  timers: null,
  // Whoever was left out may be invited again by hand.
  watchdog: null,
});
