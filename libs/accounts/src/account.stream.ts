import { deriveId } from '@tempore/kernel';

import type { AccountOpening, AccountSource } from './account.events';

/** Category of the streams of customers: `account-<id>`. */
export const ACCOUNT = 'account';

/**
 * The id of a customer that a command opens. It holds the opening beside the command, so that one id never stands for
 * two openings, even where a command id is used twice.
 */
export const openedAccountId = (commandId: string, { legalName, country, keys }: AccountOpening): string =>
  deriveId('account', commandId, JSON.stringify([legalName, country, keys.map(({ kind, value }) => [kind, value])]));

/** A customer that comes without keys has the same id however often it is imported. */
export const importedAccountId = ({ system, name }: AccountSource): string => deriveId('account', system, name);
