import { type Proposals, type Recorded, unreachable, withClosed, withProposal } from '@tempore/kernel';

import type { AccountChange, AccountFactEvent, CustomerTerm, RenewalLetter } from './account-facts.events';

/** A fact with the event in which it was recorded; author and time stand there. */
type Fact<Content> = Content & { readonly eventId: string; readonly withdrawn: boolean };

export interface AccountFactsState {
  /** The event that made it a house account; null where it is none. */
  readonly house: { readonly eventId: string } | null;
  /** Null where the customer's own country decides. */
  readonly territory: string | null;
  readonly terms: ReadonlyMap<string, Fact<{ readonly term: CustomerTerm }>>;
  readonly letters: ReadonlyMap<string, Fact<{ readonly letter: RenewalLetter }>>;
  readonly parentId: string | null;
  readonly proposals: Proposals<AccountChange>;
}

export const initialFacts: AccountFactsState = {
  house: null,
  territory: null,
  terms: new Map(),
  letters: new Map(),
  parentId: null,
  proposals: new Map(),
};

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolveFacts = (
  state: AccountFactsState,
  event: AccountFactEvent,
  { id: eventId, actor }: Recorded,
): AccountFactsState => {
  const { proposals, terms, letters } = state;
  switch (event.type) {
    case 'account-change-proposed':
      return { ...state, proposals: withProposal(proposals, event.data, actor) };
    case 'account-change-adopted':
      return {
        ...changed(state, event.data.change, eventId),
        proposals: withClosed(proposals, event.data.proposalId, 'adopted'),
      };
    case 'account-change-withdrawn':
      return { ...state, proposals: withClosed(proposals, event.data.proposalId, 'withdrawn') };
    case 'account-customer-recorded':
      return {
        ...state,
        terms: withNew(terms, event.data.termId, { term: event.data, eventId, withdrawn: false }),
      };
    case 'account-customer-withdrawn':
      return { ...state, terms: withWithdrawn(terms, event.data.termId) };
    case 'account-letter-verified':
      return {
        ...state,
        letters: withNew(letters, event.data.letterId, { letter: event.data, eventId, withdrawn: false }),
      };
    case 'account-letter-withdrawn':
      return { ...state, letters: withWithdrawn(letters, event.data.letterId) };
    case 'account-parent-linked':
      return { ...state, parentId: event.data.parentId };
    case 'account-parent-unlinked':
      return { ...state, parentId: null };
    default:
      return unreachable(event);
  }
};

/** A house account that is made one again stays one since the first time. */
const changed = (state: AccountFactsState, change: AccountChange, eventId: string): AccountFactsState => {
  switch (change.of) {
    case 'house':
      return { ...state, house: change.house ? (state.house ?? { eventId }) : null };
    case 'territory':
      return { ...state, territory: change.country };
    default:
      return unreachable(change);
  }
};

const withNew = <Item>(known: ReadonlyMap<string, Item>, id: string, item: Item): ReadonlyMap<string, Item> =>
  known.has(id) ? known : new Map(known).set(id, item);

const withWithdrawn = <Item extends Fact<object>>(
  known: ReadonlyMap<string, Item>,
  id: string,
): ReadonlyMap<string, Item> => {
  const item = known.get(id);
  return item ? new Map(known).set(id, { ...item, withdrawn: true }) : known;
};
