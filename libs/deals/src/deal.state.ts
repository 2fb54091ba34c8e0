import type { DealEvent, LegacyDeal } from './deal.events';

export type DealState = { readonly status: 'none' } | { readonly status: 'legacy'; readonly deal: LegacyDeal };

export const initialState: DealState = { status: 'none' };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: DealState, event: DealEvent): DealState =>
  state.status === 'none' ? { status: 'legacy', deal: event.data } : state;
