import type { AccountKey, AccountOpening } from '@messages/accounts';

/** An opening on its way: the account that is to be, and what is known of it. Made by `openingOf`. */
export interface PendingAccount {
  readonly accountId: string;
  readonly opening: AccountOpening;
}

/** What one key's stream says, and whether the account that it names is open. */
export interface SeenKey {
  readonly key: AccountKey;
  readonly names: Named | null;
}

export type Named =
  | { readonly accountId: string; readonly isOpen: true }
  | { readonly accountId: string; readonly isOpen: false; readonly opening: AccountOpening };

/** Everything an opening needs to know of the log. The keys stand in the order of claiming. */
export interface Seen {
  readonly isOpen: boolean;
  readonly keys: readonly SeenKey[];
}

export type NextStep =
  | { readonly do: 'claim'; readonly key: AccountKey }
  | { readonly do: 'open' }
  /** Somebody else claimed a key and has not opened yet: whether that opening wins or loses must be settled first. */
  | { readonly do: 'settle'; readonly other: PendingAccount }
  /** The opening has lost: it gives back a key that it holds. */
  | { readonly do: 'release'; readonly key: AccountKey }
  | Settled;

/** How an opening ends. After it nothing is left to do, and asking again gives the same answer. */
export type Settled =
  | { readonly do: 'answer'; readonly accountId: string }
  /** The keys name different customers: a person has to look. */
  | { readonly do: 'refer'; readonly accountIds: readonly string[] };

/**
 * What to do next so that each key names one account and each account that a key names opens (rulebook 4).
 *
 * An opening has lost as soon as one of its keys names another account that is open; that never changes again, since
 * only an opening that has lost releases keys. It opens when all its keys name it. Both can never be true of one
 * opening, however many work on it at once and whatever they saw before. Keys are claimed in one order by everybody,
 * so openings that wait for each other never form a circle.
 */
export const nextStep = ({ accountId }: PendingAccount, { isOpen, keys }: Seen): NextStep => {
  if (isOpen) return { do: 'answer', accountId };
  const others = keys.flatMap(({ names }) => (names && names.accountId !== accountId ? [names] : []));
  const own = keys.find(({ names }) => names?.accountId === accountId);
  const [winner, ...further] = [...new Set(others.filter((other) => other.isOpen).map((other) => other.accountId))];
  if (winner !== undefined && own) return { do: 'release', key: own.key };
  const pending = others.find((other) => !other.isOpen);
  if (pending) return { do: 'settle', other: pending };
  if (winner !== undefined && further.length > 0) return { do: 'refer', accountIds: [winner, ...further] };
  if (winner !== undefined) return { do: 'answer', accountId: winner };
  const free = keys.find(({ names }) => names === null);
  return free ? { do: 'claim', key: free.key } : { do: 'open' };
};
