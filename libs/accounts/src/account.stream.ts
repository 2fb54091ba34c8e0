import { deriveId } from '@tempore/kernel';

import type { AccountSource } from './account.events';

/** Category of the streams of customers: `account-<id>`. */
export const ACCOUNT = 'account';

/** The id of a customer that a command opens: another request under the same key meets the first one's customer. */
export const openedAccountId = (commandId: string): string => deriveId('account', commandId);

/** A customer that comes without keys has the same id however often it is imported. */
export const importedAccountId = ({ system, name }: AccountSource): string => deriveId('account', system, name);
