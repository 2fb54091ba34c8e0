import {
  ACCOUNT_KEY,
  type AccountKey,
  type AccountKeyEvent,
  accountKeyClaimed,
  accountKeyEvents,
  accountKeyId,
} from '@tempore/accounts';
import { accountLog } from '@tempore/acts';
import { catalogueOf, decode, type LoggedEvent } from '@tempore/kernel';
import { addAccountKey, settleOpening } from '@tempore/processes';
import { listUnsettledKeys } from '@tempore/read-models';

import type { Clock } from '../../composition/src/clock';
import type { Stores } from '../../composition/src/stores';
import { later } from './later';
import type { Process, Work } from './process';

/** Whoever claims a key opens its customer right away; a claim that is older was left by a crash, or nearly so. */
const GRACE_MS = 3_000;
const OVERDUE_MS = 15_000;
const WATCH_EVERY_MS = 30_000;
/** How many of the overdue are driven on at a time. */
const OVERDUE_AT_ONCE = 100;

const catalogue = catalogueOf(...accountKeyEvents);

type Claimed = Extract<AccountKeyEvent, { type: 'accountkey-claimed' }>;

/** Ends what was begun with the claim of a key: the opening of a customer, or the addition of a key to an open one. */
export const accountOpening = (
  { runner, eventStore, database }: Pick<Stores, 'runner' | 'eventStore' | 'database'>,
  clock: Clock,
): Process => {
  /** Goes on under the command that claimed the key, so that a repeat of it is answered as if nothing had happened. */
  const nudge = ({ data: { key, accountId, opening }, metadata }: LoggedEvent<Claimed>): Work => ({
    due: later(metadata.recordedAt, GRACE_MS),
    about: { accountId, key },
    run: async () => {
      const log = accountLog(runner, accountId, {
        commandId: metadata.$causationId,
        requestHash: metadata.requestHash,
        actor: metadata.actor,
        correlationId: metadata.$correlationId,
        now: clock(),
      });
      await (opening ? settleOpening(log, { accountId, opening }) : addAccountKey(log, accountId, key));
    },
  });

  const claimOf = async (key: AccountKey): Promise<LoggedEvent<Claimed> | undefined> => {
    const { events } = await eventStore.load(`${ACCOUNT_KEY}-${accountKeyId(key)}`);
    return events
      .map((event) => decode(catalogue, event) as LoggedEvent<AccountKeyEvent>)
      .findLast((event): event is LoggedEvent<Claimed> => event.type === accountKeyClaimed.type);
  };

  return {
    name: 'account-opening',
    interestedIn: [accountKeyClaimed.type],
    nudge: (event) => nudge(event as LoggedEvent<Claimed>),
    watchEveryMs: WATCH_EVERY_MS,
    overdue: async () => {
      const left = await listUnsettledKeys(database, later(clock(), -OVERDUE_MS), OVERDUE_AT_ONCE);
      const claims = await Promise.all(left.map(({ key }) => claimOf(key)));
      return claims.flatMap((claim) => (claim ? [nudge(claim)] : []));
    },
  };
};
