import type { Command } from '@tempore/kernel';

import type { AccountKey, AccountOpening } from './account.events';

/** `opening` is null where the key is added to an account that is open. */
export type ClaimAccountKey = Command<
  'ClaimAccountKey',
  { readonly key: AccountKey; readonly accountId: string; readonly opening: AccountOpening | null }
>;

/** Only an opening that has lost gives its keys back: the account will never open. */
export type ReleaseAccountKey = Command<'ReleaseAccountKey', { readonly key: AccountKey; readonly accountId: string }>;

export type AccountKeyCommand = ClaimAccountKey | ReleaseAccountKey;
