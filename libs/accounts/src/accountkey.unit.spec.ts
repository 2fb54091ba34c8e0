import { deriveId } from '@tempore/kernel';
import { anOpening, claimedKey, given } from '@tempore/testing';

import { accountKey, type AccountKeyCommand, type AccountOpening } from '.';

const contoso = deriveId('account', 'contoso');
const fabrikam = deriveId('account', 'fabrikam');
const key = { kind: 'domain', value: 'contoso.com' } as const;

const claim = (accountId = contoso, opening: AccountOpening | null = anOpening()): AccountKeyCommand => ({
  type: 'ClaimAccountKey',
  data: { key, accountId, opening },
});
const release = (accountId = contoso): AccountKeyCommand => ({ type: 'ReleaseAccountKey', data: { key, accountId } });
const released = { type: 'accountkey-released', data: { key, accountId: contoso } } as const;

it('given a free key, when it is claimed, then it names the account and keeps the opening', () =>
  given(accountKey).when(claim()).then(claimedKey()));

it('given a claimed key, when the same account claims it, then nothing happens', () =>
  given(accountKey, claimedKey()).when(claim()).thenNothing());

it('given a claimed key, when another account claims it, then it is refused', () =>
  given(accountKey, claimedKey()).when(claim(fabrikam)).thenRefused('ACCOUNT_KEY_TAKEN'));

it('given a claimed key, when the same account claims it for another opening, then it is refused', () =>
  given(accountKey, claimedKey())
    .when(claim(contoso, anOpening({ legalName: 'Fabrikam' })))
    .thenRefused('ACCOUNT_OPENING_DIFFERS'));

it('given a claimed key, when its account releases it, then it is free for others', () => {
  given(accountKey, claimedKey()).when(release()).then([released]);
  given(accountKey, [...claimedKey(), released])
    .when(claim(fabrikam))
    .then(claimedKey(fabrikam));
});

it('given a key of another account, or of none, when it is released, then nothing happens', () => {
  given(accountKey, claimedKey(fabrikam)).when(release()).thenNothing();
  given(accountKey).when(release()).thenNothing();
});
