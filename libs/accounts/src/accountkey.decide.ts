import { isDeepStrictEqual } from 'node:util';

import { Refusal, unreachable } from '@tempore/kernel';

import { openingOf } from './account-opening';
import type { AccountKeyCommand, ClaimAccountKey, ReleaseAccountKey } from './accountkey.commands';
import type { AccountKeyEvent } from './accountkey.events';
import type { AccountKeyState } from './accountkey.state';

type Decision = readonly AccountKeyEvent[];

export const claim = ({ data }: ClaimAccountKey, state: AccountKeyState): Decision => {
  const opening = data.opening && openingOf(data.opening);
  if (state.status === 'free') return [{ type: 'accountkey-claimed', data: { ...data, opening } }];
  if (state.accountId !== data.accountId)
    throw new Refusal('ACCOUNT_KEY_TAKEN', 'conflict', `${data.key.kind} ${data.key.value} names another account.`, {
      remedy: 'Go on with that account, or have the key released there first.',
      facts: { accountId: state.accountId },
    });
  if (opening === null || isDeepStrictEqual(state.opening, opening)) return [];
  throw new Refusal('ACCOUNT_OPENING_DIFFERS', 'conflict', 'The key was claimed for another opening of this account.', {
    remedy: 'Open the account as it was begun, or another one.',
  });
};

/** Quiet where the key names another account or none: what the command wants is so. */
export const release = ({ data }: ReleaseAccountKey, state: AccountKeyState): Decision =>
  state.status === 'claimed' && state.accountId === data.accountId ? [{ type: 'accountkey-released', data }] : [];

export const decide = (command: AccountKeyCommand, state: AccountKeyState): Decision => {
  switch (command.type) {
    case 'ClaimAccountKey':
      return claim(command, state);
    case 'ReleaseAccountKey':
      return release(command, state);
    default:
      return unreachable(command);
  }
};
