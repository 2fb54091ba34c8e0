import type { AccountKey, ClaimAccountKey } from '@tempore/accounts';
import { Refusal } from '@tempore/kernel';

interface KeyTeller {
  readonly tellKey: (key: AccountKey, command: ClaimAccountKey) => Promise<unknown>;
}

/** Claims a key; where somebody else was faster, the next look tells what follows. */
export const claim = async (log: KeyTeller, data: ClaimAccountKey['data']): Promise<void> => {
  try {
    await log.tellKey(data.key, { type: 'ClaimAccountKey', data });
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'ACCOUNT_KEY_TAKEN')) throw error;
  }
};
