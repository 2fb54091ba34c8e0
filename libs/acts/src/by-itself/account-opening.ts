import {
  ACCOUNT_KEY,
  type AccountKey,
  type AccountKeyEvent,
  accountKeyClaimed,
  accountKeyEvents,
  accountKeyId,
} from '@tempore/accounts';
import type { EventStore } from '@tempore/event-store';
import { catalogueOf, decode, type EventOf, type LoggedEvent } from '@tempore/kernel';
import { addAccountKey, settleOpening } from '@tempore/processes';
import { listUnsettledKeys } from '@tempore/read-models';

import { accountLog } from '../accounts/account-log';
import { OVERDUE_AT_ONCE, processOf, type Surroundings } from './process';

type Claimed = LoggedEvent<EventOf<[typeof accountKeyClaimed]>>;

/** Goes on under the command that claimed the key, so that a repeat of it is answered as if nothing had happened. */
const drive = async (
  { data: { key, accountId, opening }, metadata }: Claimed,
  { runner, clock }: Pick<Surroundings, 'runner' | 'clock'>,
): Promise<void> => {
  const log = accountLog(runner, accountId, {
    commandId: metadata.$causationId,
    requestHash: metadata.requestHash,
    actor: metadata.actor,
    correlationId: metadata.$correlationId,
    now: clock(),
  });
  await (opening ? settleOpening(log, { accountId, opening }) : addAccountKey(log, accountId, key));
};

/** Ends what was begun with the claim of a key: the opening of a customer, or the addition of a key to an open one. */
export const accountOpening = processOf({
  name: 'account-opening',
  follows: [accountKeyClaimed],
  // Whoever claims a key opens its customer right away.
  graceMs: 3_000,
  step: drive,
  timers: null,
  watchdog: {
    everyMs: 30_000,
    overdue: async (surroundings) => {
      const { database, eventStore, leftBefore } = surroundings;
      const left = await listUnsettledKeys(database, leftBefore(), OVERDUE_AT_ONCE);
      const claims = await Promise.all(left.map(({ key }) => claimOf(key, eventStore)));
      return claims
        .filter((claim) => claim !== undefined)
        .map((claim) => ({ about: claim.data, run: () => drive(claim, surroundings) }));
    },
  },
});

const catalogue = catalogueOf(...accountKeyEvents);

const claimOf = async (key: AccountKey, eventStore: EventStore): Promise<Claimed | undefined> => {
  const { events } = await eventStore.load(`${ACCOUNT_KEY}-${accountKeyId(key)}`);
  return events
    .map((event) => decode(catalogue, event) as LoggedEvent<AccountKeyEvent>)
    .findLast((event): event is Claimed => event.type === accountKeyClaimed.type);
};
