import { randomUUID } from 'node:crypto';

import { type Addressee, notice } from '@tempore/notices';

import type { System } from './system';

/** Lets a notice stand that an event on a docket would call for, and hands back its id. */
export const giveNotice = async ({ stores, clock }: System, addressee: Addressee): Promise<string> => {
  const [noticeId, dealId, commandId] = [randomUUID(), randomUUID(), randomUUID()];
  const data = {
    addressee,
    template: 'claim-queued',
    templateVersion: 1,
    parameters: { dealId },
    subject: `deal/${dealId}`,
    eventId: randomUUID(),
  } as const;
  const meta = { commandId, requestHash: '', actor: randomUUID(), now: clock.now(), correlationId: commandId };
  await stores.runner.run(notice, noticeId, { type: 'GiveNotice', data }, meta, {});
  return noticeId;
};
