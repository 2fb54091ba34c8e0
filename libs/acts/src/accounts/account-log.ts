import { randomUUID } from 'node:crypto';

import { account, accountKey, accountKeyId } from '@tempore/accounts';
import type { CommandMeta } from '@tempore/event-store';
import type { AccountKeyLog } from '@tempore/processes';

import type { Log } from '../act-log';

/** A command that several streams take part in: none of them can hold a condition for all. */
export type UnconditionalMeta = Omit<CommandMeta, 'ifRevision'>;

/**
 * The streams of customers and of their keys, as a command on one customer goes through them. What that customer is
 * told runs under the command's own id, so that a repeat of the command finds what it did, whoever carried it out;
 * everything else on the way runs under ids of its own.
 */
export const accountLog = (log: Log, accountId: string, meta: UnconditionalMeta): AccountKeyLog => {
  const onTheWay = (): CommandMeta => ({ ...meta, commandId: randomUUID(), causationId: meta.commandId });
  return {
    readKey: async (key) => (await log.read(accountKey, accountKeyId(key))).state,
    readAccount: async (id) => (await log.read(account, id)).state,
    tellKey: (key, command) => log.run(accountKey, accountKeyId(key), command, onTheWay(), {}),
    tellAccount: (id, command) => log.run(account, id, command, id === accountId ? meta : onTheWay(), {}),
  };
};
