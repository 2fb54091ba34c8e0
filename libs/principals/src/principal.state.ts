import { type Instant, laterOf, type Recorded } from '@tempore/kernel';

import type { PrincipalEvent, Token } from './principal.events';
import { evolveStakes, initialStakes, type StakesState } from './stake.state';

export interface PrincipalState extends StakesState {
  readonly tokens: readonly Token[];
  /** Tokens issued up to this instant are revoked; null where none ever was. */
  readonly revokedUntil: Instant | null;
  readonly keepsId: boolean;
}

export const initialState: PrincipalState = { tokens: [], revokedUntil: null, keepsId: false, ...initialStakes };

export const evolve = (state: PrincipalState, event: PrincipalEvent, recorded: Recorded): PrincipalState => {
  if (event.type === 'token-minted') return { ...state, tokens: [...state.tokens, event.data] };
  if (event.type === 'principal-id-kept') return { ...state, keepsId: true };
  if (event.type !== 'principal-tokens-revoked') return { ...state, ...evolveStakes(state, event, recorded) };
  const { issuedUntil } = event.data;
  const { revokedUntil } = state;
  return { ...state, revokedUntil: revokedUntil === null ? issuedUntil : laterOf(revokedUntil, issuedUntil) };
};
