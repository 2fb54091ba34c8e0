import type { Recorded } from '@tempore/kernel';

import type { PrincipalEvent, Token } from './principal.events';
import { evolveStakes, initialStakes, type StakesState } from './stake.state';

export interface PrincipalState extends StakesState {
  readonly tokens: readonly Token[];
}

export const initialState: PrincipalState = { tokens: [], ...initialStakes };

export const evolve = (state: PrincipalState, event: PrincipalEvent, recorded: Recorded): PrincipalState =>
  event.type === 'token-minted'
    ? { ...state, tokens: [...state.tokens, event.data] }
    : { ...state, ...evolveStakes(state, event, recorded) };
