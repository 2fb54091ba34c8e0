import { isDeepStrictEqual } from 'node:util';

import { type DecisionContext, Refusal, unreachable } from '@tempore/kernel';

import { decideFact } from './account-facts.decide';
import type {
  AccountCommand,
  AddAccountAlias,
  AddAccountKey,
  OpenAccount,
  RenameAccount,
  NoteKeyConflict,
} from './account.commands';
import type { AccountEvent } from './account.events';
import { sameKey } from './account-keys';
import { accountNameOf, openingOf } from './account-opening';
import { type AccountState, nameAt, type OpenAccountState } from './account.state';

type Decision = readonly AccountEvent[];

export const openAccount = ({ data }: OpenAccount, state: AccountState): Decision => {
  const opening = openingOf(data);
  if (state.status === 'none') return [{ type: 'account-opened', data: opening }];
  if (isDeepStrictEqual(state.opening, opening)) return [];
  throw new Refusal('ACCOUNT_EXISTS', 'conflict', 'This account was opened before, with other particulars.', {
    remedy: 'A new name is a rename, a further name an alias, a further key is added.',
  });
};

export const addAlias = ({ data }: AddAccountAlias, state: AccountState): Decision => {
  const { aliases } = expectOpen(state);
  const { validFrom, validUntil } = data;
  const alias = { name: accountNameOf('name', data.name), validFrom, validUntil };
  if (validUntil !== null && validUntil <= validFrom)
    throw new Refusal(
      'ALIAS_PERIOD_EMPTY',
      'invalid',
      `validUntil ${validUntil} is not after validFrom ${validFrom}.`,
      {
        remedy: 'Give the instant from which the name was no longer in use, or leave it out.',
      },
    );
  return aliases.some((known) => isDeepStrictEqual(known, alias)) ? [] : [{ type: 'account-alias-added', data: alias }];
};

export const rename = ({ data }: RenameAccount, state: AccountState): Decision => {
  const account = expectOpen(state);
  const name = accountNameOf('name', data.name);
  const { validFrom } = data;
  if (nameAt(account, validFrom) === name) return [];
  const since = account.legalNames.at(-1)?.validFrom ?? null;
  if (since !== null && validFrom <= since)
    throw new Refusal('RENAME_TOO_EARLY', 'conflict', `The name of today is valid from ${since} on.`, {
      remedy: 'Give a later instant; an older name is added as an alias.',
    });
  return [{ type: 'account-renamed', data: { name, validFrom } }];
};

export const addKey = ({ data: { key } }: AddAccountKey, state: AccountState): Decision =>
  expectOpen(state).keys.some((known) => sameKey(known, key)) ? [] : [{ type: 'account-key-added', data: { key } }];

export const noteKeyConflict = ({ data }: NoteKeyConflict, state: AccountState): Decision => {
  const { keyConflicts } = expectOpen(state);
  const isKnown = keyConflicts.some(({ key, otherId }) => sameKey(key, data.key) && otherId === data.otherId);
  return isKnown ? [] : [{ type: 'account-key-conflict-found', data }];
};

export const decide = (command: AccountCommand, state: AccountState, context: DecisionContext): Decision => {
  switch (command.type) {
    case 'OpenAccount':
      return openAccount(command, state);
    case 'AddAccountAlias':
      return addAlias(command, state);
    case 'RenameAccount':
      return rename(command, state);
    case 'AddAccountKey':
      return addKey(command, state);
    case 'NoteKeyConflict':
      return noteKeyConflict(command, state);
    case 'ProposeAccountChange':
    case 'AdoptAccountChange':
    case 'WithdrawAccountChange':
    case 'RecordCustomer':
    case 'WithdrawCustomer':
    case 'VerifyLetter':
    case 'WithdrawLetter':
    case 'LinkParent':
    case 'UnlinkParent':
      return decideFact(command, expectOpen(state).facts, context);
    default:
      return unreachable(command);
  }
};

const expectOpen = (state: AccountState): OpenAccountState => {
  if (state.status === 'open') return state;
  throw new Refusal('ACCOUNT_NOT_FOUND', 'not-found', 'There is no such account.');
};
