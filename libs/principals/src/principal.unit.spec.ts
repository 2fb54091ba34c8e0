import { addDays, deriveId } from '@tempore/kernel';
import { given, NOW } from '@tempore/testing';

import { type PrincipalCommand, type PrincipalEvent, principal, type Token } from '.';

const partnerId = deriveId('partner', 'northwind');
const token = (rights: Partial<Token> = {}): Token => ({
  tokenId: deriveId('token', '1'),
  roles: ['channel-manager'],
  partnerId: null,
  expiresAt: addDays(NOW, 1),
  ...rights,
});
const mint = (rights?: Partial<Token>): PrincipalCommand => ({ type: 'MintToken', data: token(rights) });
const minted = (rights?: Partial<Token>): readonly PrincipalEvent[] => [{ type: 'token-minted', data: token(rights) }];

it('given nothing, when a token is minted for the vendor, then it is on record', () =>
  given(principal).when(mint()).then(minted()));

it('given nothing, when a token is minted for a partner, then the partner is on record', () =>
  given(principal)
    .when(mint({ roles: ['partner-user'], partnerId }))
    .then(minted({ roles: ['partner-user'], partnerId })));

it('given nothing, when roles come twice and in any order, then each is on record once', () =>
  given(principal)
    .when(mint({ roles: ['admin', 'auditor', 'admin'] }))
    .then(minted({ roles: ['auditor', 'admin'] })));

it('given a token, when it is minted again, then nothing happens, even after it expired', () => {
  given(principal, minted()).when(mint()).thenNothing();
  given(principal, minted())
    .when(mint(), { now: addDays(NOW, 2) })
    .thenNothing();
});

it('given a token, when its id comes with other rights, then it is refused', () =>
  given(principal, minted())
    .when(mint({ roles: ['admin'] }))
    .thenRefused('TOKEN_EXISTS'));

it.each([
  ['a partner role comes without a partner', { roles: ['partner-admin'] }, 'TOKEN_NEEDS_PARTNER'],
  ['a vendor role comes with a partner', { roles: ['finance'], partnerId }, 'TOKEN_FORBIDS_PARTNER'],
  ['both sides are mixed', { roles: ['partner-user', 'admin'], partnerId }, 'TOKEN_ROLES_MIXED'],
  ['no role is named', { roles: [] }, 'TOKEN_WITHOUT_ROLE'],
  ['it would be born expired', { expiresAt: NOW }, 'TOKEN_EXPIRY_PAST'],
] satisfies [string, Partial<Token>, string][])('given nothing, when %s, then it is refused', (_case, rights, code) =>
  given(principal).when(mint(rights)).thenRefused(code),
);

describe('the revocation of tokens', () => {
  const revoke = (issuedUntil = NOW, reason = ' Left the company '): PrincipalCommand => ({
    type: 'RevokeTokens',
    data: { issuedUntil, reason },
  });
  const revoked = (issuedUntil = NOW): readonly PrincipalEvent[] => [
    { type: 'principal-tokens-revoked', data: { issuedUntil, reason: 'Left the company' } },
  ];

  it('given nothing, when tokens are revoked, then it is on record up to which', () =>
    given(principal).when(revoke()).then(revoked()));

  it('given tokens are revoked, when those of later are too, then that is on record as well', () =>
    given(principal, revoked())
      .when(revoke(addDays(NOW, 1)))
      .then(revoked(addDays(NOW, 1))));

  it('given tokens are revoked, when those or earlier ones are revoked again, then nothing happens', () => {
    given(principal, revoked()).when(revoke()).thenNothing();
    given(principal, [...revoked(addDays(NOW, 1)), ...revoked()])
      .when(revoke(addDays(NOW, 1)))
      .thenNothing();
  });

  it('given nothing, when no reason is given, then it is refused', () =>
    given(principal).when(revoke(NOW, ' ')).thenRefused('REASON_MISSING'));
});

it('given somebody who stood in the log before, when they keep their id, then that is on record once', () => {
  const kept: readonly PrincipalEvent[] = [{ type: 'principal-id-kept', data: {} }];
  given(principal).when({ type: 'KeepId', data: {} }).then(kept);
  given(principal, kept).when({ type: 'KeepId', data: {} }).thenNothing();
});
