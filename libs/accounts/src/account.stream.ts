import type { KeyObject } from 'node:crypto';

import { deriveId, keyedId } from '@tempore/kernel';

import type { AccountSource } from './account.events';

/** Category of the streams of customers: `account-<id>`. */
export const ACCOUNT = 'account';

/**
 * The id of a customer that a command opens: a repeat meets the first one's customer. Whoever sent the command knows its
 * id, and could tell from the customer's whether somebody else had opened it before (rulebook 3): the key is ours alone.
 */
export const openedAccountId = (key: KeyObject, commandId: string): string => keyedId(key, 'account', commandId);

/** A customer that comes without keys has the same id however often it is imported. */
export const importedAccountId = ({ system, name }: AccountSource): string => deriveId('account', system, name);
