import { type AccountKey, accountKey, accountKeyId } from '@tempore/accounts';

import type { Reads } from '../act-log';

interface NamedBy {
  readonly key: AccountKey;
  readonly accountId: string;
}

/** The customer that somebody's keys name, and whom else they name. */
export interface NamedCustomer {
  readonly accountId: string;
  readonly others: readonly NamedBy[];
}

/**
 * The customer that a filing under these keys goes to, as the log has it now: that of the registry number where they name
 * several (rulebook 4). Undefined where nobody has named it yet.
 */
export const customerNamedBy = async (log: Reads, keys: readonly AccountKey[]): Promise<NamedCustomer | undefined> => {
  const claimed = await Promise.all(
    keys.map(async (key) => ({ key, state: (await log.read(accountKey, accountKeyId(key))).state })),
  );
  const named = claimed.flatMap(({ key, state }) =>
    state.status === 'claimed' ? [{ key, accountId: state.accountId }] : [],
  );
  const taking = named.find(({ key }) => key.kind === 'registry') ?? named[0];
  if (!taking) return undefined;
  const { accountId } = taking;
  return { accountId, others: named.filter((other) => other.accountId !== accountId) };
};
