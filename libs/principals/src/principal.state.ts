import type { PrincipalEvent, Token } from './principal.events';

export interface PrincipalState {
  readonly tokens: readonly Token[];
}

export const initialState: PrincipalState = { tokens: [] };

export const evolve = ({ tokens }: PrincipalState, { data }: PrincipalEvent): PrincipalState => ({
  tokens: [...tokens, data],
});
