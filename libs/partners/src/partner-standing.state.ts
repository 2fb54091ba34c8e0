import type { DealKind } from '@messages/deals';
import { type Instant, type Proposals, type Recorded, unreachable, withClosed, withProposal } from '@tempore/kernel';

import type { LineTerms, PartnerChange, PartnerStandingEvent, Territory } from './partner-standing.events';

/** What a partner may register beside having an agreement. */
export interface PartnerStandingState {
  /** Null where it stands alone. */
  readonly groupId: string | null;
  /** Null is everywhere. */
  readonly territories: readonly Territory[] | null;
  readonly namedAccounts: ReadonlySet<string>;
  /** It may register its named accounts and no others. */
  readonly restricted: boolean;
  /** Null is every line, without conditions. */
  readonly lines: readonly LineTerms[] | null;
  /** What its registrations are proposed as. */
  readonly kind: DealKind;
  /** One after the other; each until the next. */
  readonly managers: readonly { readonly managerId: string | null; readonly from: Instant }[];
  readonly proposals: Proposals<PartnerChange>;
}

export const initialStanding: PartnerStandingState = {
  groupId: null,
  territories: null,
  namedAccounts: new Set(),
  restricted: false,
  lines: null,
  kind: 'referral',
  managers: [],
  proposals: new Map(),
};

export const evolveStanding = (
  state: PartnerStandingState,
  event: PartnerStandingEvent,
  { actor }: Recorded,
): PartnerStandingState => {
  switch (event.type) {
    case 'partner-change-proposed':
      return { ...state, proposals: withProposal(state.proposals, event.data, actor) };
    case 'partner-change-adopted':
      return {
        ...standingWith(state, event.data.change),
        proposals: withClosed(state.proposals, event.data.proposalId, 'adopted'),
      };
    case 'partner-change-withdrawn':
      return { ...state, proposals: withClosed(state.proposals, event.data.proposalId, 'withdrawn') };
    case 'partner-group-joined':
      return { ...state, groupId: event.data.groupId };
    case 'partner-group-left':
      return { ...state, groupId: null };
    case 'partner-lines-agreed':
      return { ...state, lines: event.data.lines };
    case 'partner-kind-agreed':
      return { ...state, kind: event.data.kind };
    case 'partner-manager-assigned':
      return { ...state, managers: [...state.managers, event.data] };
    default:
      return unreachable(event);
  }
};

/** What a change makes of it. */
export const standingWith = (state: PartnerStandingState, change: PartnerChange): PartnerStandingState => {
  switch (change.of) {
    case 'territories':
      return { ...state, territories: change.territories };
    case 'named-accounts': {
      const kept = [...state.namedAccounts].filter((id) => !change.removed.includes(id));
      return { ...state, namedAccounts: new Set([...kept, ...change.added]) };
    }
    case 'named-restriction':
      return { ...state, restricted: change.restricted };
    default:
      return unreachable(change);
  }
};
