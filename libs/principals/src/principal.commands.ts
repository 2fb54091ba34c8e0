import type { Command } from '@tempore/kernel';

import type { Token } from './principal.events';

export type MintToken = Command<'MintToken', Token>;

export type PrincipalCommand = MintToken;
