import type { Command, Instant } from '@tempore/kernel';

import type { AccountFactCommand } from './account-facts.commands';
import type { AccountKey, AccountOpening } from './account.events';

/** Comes last, when every key of the opening names this account. */
export type OpenAccount = Command<'OpenAccount', AccountOpening>;

/** `validUntil` is null where the alias is in use. */
export type AddAccountAlias = Command<
  'AddAccountAlias',
  { readonly name: string; readonly validFrom: Instant; readonly validUntil: Instant | null }
>;

export type RenameAccount = Command<'RenameAccount', { readonly name: string; readonly validFrom: Instant }>;

/** Comes when the key names this account already. */
export type AddAccountKey = Command<'AddAccountKey', { readonly key: AccountKey }>;

/** A filing named this customer and, by a key, another one. */
export type NoteKeyConflict = Command<
  'NoteKeyConflict',
  { readonly dealId: string; readonly key: AccountKey; readonly otherId: string }
>;

export type AccountCommand =
  OpenAccount | AddAccountAlias | RenameAccount | AddAccountKey | NoteKeyConflict | AccountFactCommand;
