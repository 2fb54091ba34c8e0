import { isDeepStrictEqual } from 'node:util';

import { type DecisionContext, reasonOf, Refusal } from '@tempore/kernel';

import type { MintToken, PrincipalCommand, RevokeTokens } from './principal.commands';
import { type PrincipalEvent, roles } from './principal.events';
import type { PrincipalState } from './principal.state';
import { expectRoles } from './role-pairing';
import { decideStake } from './stake.decide';

export const mintToken = (
  { data }: MintToken,
  { tokens }: PrincipalState,
  { now }: DecisionContext,
): readonly PrincipalEvent[] => {
  const token = { ...data, roles: roles.filter((role) => data.roles.includes(role)) };
  const known = tokens.find(({ tokenId }) => tokenId === token.tokenId);
  if (known && isDeepStrictEqual(known, token)) return [];
  if (known)
    throw new Refusal('TOKEN_EXISTS', 'conflict', 'This token was minted before, with other rights.', {
      remedy: 'Mint it under an id of its own.',
    });
  expectRoles(token.roles, token.partnerId);
  if (token.expiresAt <= now)
    throw new Refusal('TOKEN_EXPIRY_PAST', 'invalid', `expiresAt ${token.expiresAt} is not in the future.`, {
      remedy: 'Give an instant that is still to come.',
    });
  return [{ type: 'token-minted', data: token }];
};

/** Quiet where later tokens are revoked already. */
export const revokeTokens = (
  { data: { issuedUntil, reason } }: RevokeTokens,
  { revokedUntil }: PrincipalState,
): readonly PrincipalEvent[] =>
  revokedUntil !== null && issuedUntil <= revokedUntil
    ? []
    : [{ type: 'principal-tokens-revoked', data: { issuedUntil, reason: reasonOf(reason) } }];

export const decide = (
  command: PrincipalCommand,
  state: PrincipalState,
  context: DecisionContext,
): readonly PrincipalEvent[] => {
  if (command.type === 'MintToken') return mintToken(command, state, context);
  if (command.type === 'RevokeTokens') return revokeTokens(command, state);
  if (command.type === 'KeepId') return state.keepsId ? [] : [{ type: 'principal-id-kept', data: {} }];
  return decideStake(command, state, context);
};
