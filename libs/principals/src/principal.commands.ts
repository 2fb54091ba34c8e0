import type { Command } from '@tempore/kernel';

import type { Token } from './principal.events';
import type { StakeCommand } from './stake.commands';

export type MintToken = Command<'MintToken', Token>;

export type PrincipalCommand = MintToken | StakeCommand;
