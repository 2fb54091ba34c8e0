import { isDeepStrictEqual } from 'node:util';

import { type DecisionContext, Refusal } from '@tempore/kernel';

import type { MintToken, PrincipalCommand } from './principal.commands';
import { partnerRoles, type PrincipalEvent, type Role, roles } from './principal.events';
import type { PrincipalState } from './principal.state';
import { decideStake } from './stake.decide';

const PARTNER_ROLES: ReadonlySet<Role> = new Set(partnerRoles);

export const mintToken = (
  { data }: MintToken,
  { tokens }: PrincipalState,
  { now }: DecisionContext,
): readonly PrincipalEvent[] => {
  const token = { ...data, roles: roles.filter((role) => data.roles.includes(role)) };
  const known = tokens.find(({ tokenId }) => tokenId === token.tokenId);
  if (known && isDeepStrictEqual(known, token)) return [];
  if (known) throw new Refusal('TOKEN_EXISTS', 'conflict', 'This token was minted before, with other rights.');
  expectRoles(token.roles, token.partnerId);
  if (token.expiresAt <= now)
    throw new Refusal('TOKEN_EXPIRY_PAST', 'invalid', `expiresAt ${token.expiresAt} is not in the future.`, {
      remedy: 'Give an instant that is still to come.',
    });
  return [{ type: 'token-minted', data: token }];
};

export const decide = (
  command: PrincipalCommand,
  state: PrincipalState,
  context: DecisionContext,
): readonly PrincipalEvent[] =>
  command.type === 'MintToken' ? mintToken(command, state, context) : decideStake(command, state, context);

/** Somebody acts for one partner or for the vendor, never for both: a person with a foot in each has two tokens. */
const expectRoles = (held: readonly Role[], partnerId: string | null): void => {
  const forPartner = held.filter((role) => PARTNER_ROLES.has(role));
  if (held.length === 0)
    throw new Refusal('TOKEN_WITHOUT_ROLE', 'invalid', 'roles names no role.', {
      remedy: `Name at least one of ${roles.join(', ')}.`,
    });
  if (forPartner.length > 0 && forPartner.length < held.length)
    throw new Refusal('TOKEN_ROLES_MIXED', 'invalid', 'roles mixes a partner with the vendor.', {
      remedy: 'Mint one token for each side.',
    });
  if (forPartner.length > 0 && partnerId === null)
    throw new Refusal('TOKEN_NEEDS_PARTNER', 'invalid', `partnerId is missing, which ${forPartner.join(', ')} needs.`, {
      remedy: 'Name the partner that the bearer acts for.',
    });
  if (forPartner.length === 0 && partnerId !== null)
    throw new Refusal('TOKEN_FORBIDS_PARTNER', 'invalid', `partnerId does not go with ${held.join(', ')}.`, {
      remedy: 'Leave the partner out, or give the role partner-user or partner-admin.',
    });
};
