import type { AccountKey, AccountOpening } from './account.events';
import type { AccountKeyEvent } from './accountkey.events';

export type AccountKeyState =
  | { readonly status: 'free' }
  | {
      readonly status: 'claimed';
      readonly key: AccountKey;
      readonly accountId: string;
      readonly opening: AccountOpening | null;
    };

export const initialState: AccountKeyState = { status: 'free' };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: AccountKeyState, event: AccountKeyEvent): AccountKeyState => {
  switch (event.type) {
    case 'accountkey-claimed':
      return state.status === 'free' ? { status: 'claimed', ...event.data } : state;
    case 'accountkey-released':
      return state.status === 'claimed' && state.accountId === event.data.accountId ? initialState : state;
  }
};
