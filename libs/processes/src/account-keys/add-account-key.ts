import type { AccountKey, AddAccountKey, OpenAccount } from '@tempore/accounts';
import { Refusal } from '@tempore/kernel';

import { claim } from '../account-opening/claim';
import { type AccountOpeningLog, settleOpening } from '../account-opening/open-account';

export interface AccountKeyLog extends Omit<AccountOpeningLog, 'tellAccount'> {
  readonly tellAccount: (accountId: string, command: OpenAccount | AddAccountKey) => Promise<unknown>;
}

/**
 * Gives an open customer one more key: the key comes to name it first, so that a crash in between leaves nothing that
 * anybody could not finish by calling this again. An opening that holds the key is brought to its end before.
 *
 * Throws `ACCOUNT_NOT_FOUND`, or `ACCOUNT_KEY_TAKEN` where the key names another open customer.
 */
export const addAccountKey = async (log: AccountKeyLog, accountId: string, key: AccountKey): Promise<void> => {
  const { status } = await log.readAccount(accountId);
  if (status !== 'open') throw new Refusal('ACCOUNT_NOT_FOUND', 'not-found', 'There is no such account.');
  for (;;) {
    const claimed = await log.readKey(key);
    if (claimed.status === 'claimed' && claimed.accountId !== accountId) {
      const { accountId: other, opening } = claimed;
      if (!opening || (await log.readAccount(other)).status === 'open') throw taken(key, other);
      await settleOpening(log, { accountId: other, opening });
    } else if (claimed.status === 'claimed') {
      await log.tellAccount(accountId, { type: 'AddAccountKey', data: { key } });
      return;
    } else await claim(log, { key, accountId, opening: null });
  }
};

const taken = ({ kind, value }: AccountKey, accountId: string): Refusal =>
  new Refusal('ACCOUNT_KEY_TAKEN', 'conflict', `${kind} ${value} names another account.`, {
    remedy: 'Compare the two accounts: they may be one customer.',
    facts: { accountId },
  });
