import type { Fold, Recorded } from '@tempore/kernel';

import { type Claim, isLive } from './claim';
import { claimOf, evolveClaim } from './claim.evolve';
import { type DirectState, evolveDirect, isDirect, nothingDirect } from './direct.state';
import { type DocketEvent, docketEvents, type DocketEventOf } from './docket.events';
import { DOCKET } from './docket.stream';
import type { Touch } from './touch';

export interface DocketState extends DirectState {
  /** The sale that goes on, or the last one: 0 before the first. */
  readonly round: number;
  readonly roundOpen: boolean;
  /** Of all rounds, in order of rank: by filing, but for who had to bring new evidence for its first touch. */
  readonly claims: readonly Claim[];
  readonly touches: readonly { readonly dealId: string; readonly touch: Touch }[];
}

export const initialState: DocketState = { ...nothingDirect, round: 0, roundOpen: false, claims: [], touches: [] };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: DocketState, event: DocketEvent, recorded: Recorded): DocketState => {
  if (event.type === 'claim-filed') return filed(state, event.data, recorded);
  if (event.type === 'round-closed') return event.data.round === state.round ? { ...state, roundOpen: false } : state;
  if (isDirect(event)) return { ...state, ...evolveDirect(state, event, recorded) };
  const { dealId } = event.data;
  const claims = state.claims.map((claim) => (claim.dealId === dealId ? evolveClaim(claim, event, recorded) : claim));
  if (event.type === 'touch-recorded')
    return { ...state, claims, touches: [...state.touches, { dealId, touch: event.data.touch }] };
  const hasMoved = event.type === 'question-answered' && event.data.priority === 'moved';
  return { ...state, claims: hasMoved ? lastInRank(claims, dealId) : claims };
};

const filed = (state: DocketState, data: DocketEventOf<'claim-filed'>['data'], recorded: Recorded): DocketState => {
  if (state.claims.some(({ dealId }) => dealId === data.dealId)) return state;
  const { accountId, productLine, round } = data;
  const subject = state.subject ?? { accountId, productLine };
  const wasAlone = !state.claims.some(isLive);
  return { ...state, subject, round, roundOpen: true, claims: [...state.claims, claimOf(data, recorded, wasAlone)] };
};

const lastInRank = (claims: readonly Claim[], dealId: string): readonly Claim[] =>
  claims.toSorted((a, b) => Number(a.dealId === dealId) - Number(b.dealId === dealId));

/** What a docket comes to. */
export const docketFold: Fold<DocketState, DocketEvent> = {
  category: DOCKET,
  events: docketEvents,
  initialState,
  evolve,
};
