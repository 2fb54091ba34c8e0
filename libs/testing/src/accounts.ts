import { deriveId } from '@tempore/kernel';
import type { AccountEvent, AccountKeyEvent, AccountOpening } from '@tempore/accounts';

/** What is known of a customer when it is opened. */
export const anOpening = (opening: Partial<AccountOpening> = {}): AccountOpening => ({
  legalName: 'Contoso AG',
  country: 'CH',
  keys: [{ kind: 'domain', value: 'contoso.com' }],
  source: null,
  ...opening,
});

/** Histories of customers and of their keys, each as the events that lead there. */
export const openedAccount = (opening?: Partial<AccountOpening>): readonly AccountEvent[] => [
  { type: 'account-opened', data: anOpening(opening) },
];

export const claimedKey = (
  accountId = deriveId('account', 'contoso'),
  opening: AccountOpening | null = anOpening(),
): readonly AccountKeyEvent[] => [
  { type: 'accountkey-claimed', data: { key: { kind: 'domain', value: 'contoso.com' }, accountId, opening } },
];
