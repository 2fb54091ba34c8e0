import type { Command } from '@tempore/kernel';

import type { Revocation, Token } from './principal.events';
import type { StakeCommand } from './stake.commands';

export type MintToken = Command<'MintToken', Token>;

export type RevokeTokens = Command<'RevokeTokens', Revocation>;

export type KeepId = Command<'KeepId', object>;

export type PrincipalCommand = MintToken | RevokeTokens | KeepId | StakeCommand;
