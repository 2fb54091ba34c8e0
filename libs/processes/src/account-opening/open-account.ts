import type { AccountKey, AccountKeyCommand, AccountKeyState, AccountState, OpenAccount } from '@tempore/accounts';
import { Refusal, unreachable } from '@tempore/kernel';

import { claim } from './claim';
import { type Named, nextStep, type PendingAccount, type Seen, type Settled } from './next-step';

/**
 * The log, as far as the process touches it: reads of streams as they are now, and commands on them. A key may be
 * claimed, released and claimed again, so each command needs an id of its own; what must not happen twice, the deciders
 * see to.
 */
export interface AccountOpeningLog {
  readonly readKey: (key: AccountKey) => Promise<AccountKeyState>;
  readonly readAccount: (accountId: string) => Promise<AccountState>;
  readonly tellKey: (key: AccountKey, command: AccountKeyCommand) => Promise<unknown>;
  readonly tellAccount: (accountId: string, command: OpenAccount) => Promise<unknown>;
}

/**
 * Opens a customer, or finds it open, and answers with its account. Throws `ACCOUNT_KEYS_DISAGREE`. Whoever calls this
 * again for the same account, after a crash or beside another, comes to the same end.
 */
export const openAccount = async (log: AccountOpeningLog, pending: PendingAccount): Promise<string> => {
  const settled = await settleOpening(log, pending);
  if (settled.do === 'answer') return settled.accountId;
  throw new Refusal('ACCOUNT_KEYS_DISAGREE', 'conflict', 'The keys name different customers.', {
    remedy: 'Give only the keys of one customer, or have the accounts compared by a person.',
    facts: { accountIds: settled.accountIds },
  });
};

/** Drives an opening to its end, whoever began it: what a crash left, anybody can finish. */
export const settleOpening = async (log: AccountOpeningLog, pending: PendingAccount): Promise<Settled> => {
  const { accountId, opening } = pending;
  for (;;) {
    const step = nextStep(pending, await look(log, pending));
    switch (step.do) {
      case 'claim':
        await claim(log, { key: step.key, accountId, opening });
        break;
      case 'release':
        await log.tellKey(step.key, { type: 'ReleaseAccountKey', data: { key: step.key, accountId } });
        break;
      case 'settle':
        await settleOpening(log, step.other);
        break;
      case 'open':
        await log.tellAccount(accountId, { type: 'OpenAccount', data: opening });
        return { do: 'answer', accountId };
      case 'answer':
      case 'refer':
        return step;
      default:
        return unreachable(step);
    }
  }
};

const look = async (log: AccountOpeningLog, pending: PendingAccount): Promise<Seen> => {
  const { accountId, opening } = pending;
  const claims = await Promise.all(opening.keys.map((key) => log.readKey(key)));
  const names = await Promise.all(claims.map((claimed) => named(log, pending, claimed)));
  const keys = opening.keys.map((key, index) => ({ key, names: names[index] ?? null }));
  // All keys of an open account name it. To open what somebody else has just opened changes nothing.
  const mayBeOpen = keys.every(({ names: one }) => one?.accountId === accountId);
  return { isOpen: mayBeOpen && (await log.readAccount(accountId)).status === 'open', keys };
};

const named = async (
  log: AccountOpeningLog,
  pending: PendingAccount,
  claimed: AccountKeyState,
): Promise<Named | null> => {
  if (claimed.status === 'free') return null;
  const { accountId, opening, key } = claimed;
  if (accountId === pending.accountId) return { ...pending, isOpen: false };
  const { status } = await log.readAccount(accountId);
  if (status === 'open') return { accountId, isOpen: true };
  if (opening) return { accountId, isOpen: false, opening };
  throw new Error(`${key.kind} ${key.value} was added to account ${accountId}, which is not open`);
};
