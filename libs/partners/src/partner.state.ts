import type { Recorded } from '@tempore/kernel';

import { evolvePeople, initialPeople, type PartnerPeopleState } from './partner-people.state';
import { evolveStanding, initialStanding, type PartnerStandingState } from './partner-standing.state';
import type { Agreement, EndReason, Particulars, PartnerApplication, PartnerEvent } from './partner.events';

/** What is known of a partner wherever it stands. */
interface Known {
  readonly application: PartnerApplication;
  readonly particulars: Particulars;
  readonly standing: PartnerStandingState;
  readonly people: PartnerPeopleState;
}

interface Agreed extends Known {
  readonly agreement: Agreement;
}

export type PartnerState =
  | { readonly status: 'none' }
  | (Known & { readonly status: 'applied' })
  | (Agreed & { readonly status: 'active' })
  | (Agreed & { readonly status: 'suspended'; readonly reason: string })
  | (Agreed & { readonly status: 'ended'; readonly reason: EndReason; readonly note: string | null });

export type KnownPartnerState = Exclude<PartnerState, { status: 'none' }>;

export const initialState: PartnerState = { status: 'none' };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: PartnerState, event: PartnerEvent, recorded: Recorded): PartnerState =>
  state.status === 'none' ? apply(state, event, recorded) : goOn(state, event, recorded);

const apply = (state: PartnerState, event: PartnerEvent, { recordedAt: from }: Recorded): PartnerState => {
  if (event.type !== 'partner-applied') return state;
  const { legalName, country } = event.data;
  return {
    status: 'applied',
    application: event.data,
    particulars: { legalName, country, from },
    standing: initialStanding,
    people: initialPeople,
  };
};

const goOn = (state: KnownPartnerState, event: PartnerEvent, recorded: Recorded): PartnerState => {
  const { application, particulars, standing, people } = state;
  const known = { application, particulars, standing, people };
  switch (event.type) {
    case 'partner-applied':
      return state;
    case 'partner-approved':
      return state.status === 'applied' ? { ...state, status: 'active', agreement: event.data.agreement } : state;
    case 'partner-corrected': {
      const { legalName, country, from } = event.data;
      return { ...state, particulars: { legalName, country, from } };
    }
    case 'partner-tier-agreed':
      return state.status === 'applied' ? state : { ...state, agreement: event.data.agreement };
    case 'partner-suspended':
      return state.status === 'active' ? { ...state, status: 'suspended', reason: event.data.reason } : state;
    case 'partner-reactivated':
      return state.status === 'suspended' ? { ...known, status: 'active', agreement: state.agreement } : state;
    case 'partner-ended':
      return state.status === 'active' || state.status === 'suspended'
        ? { ...known, status: 'ended', agreement: state.agreement, ...event.data }
        : state;
    case 'partner-person-joined':
    case 'partner-person-left':
    case 'partner-person-invited':
    case 'partner-person-address-confirmed':
    case 'certificate-recorded':
    case 'certificate-revoked':
      return { ...state, people: evolvePeople(people, event, recorded) };
    case 'partner-change-proposed':
    case 'partner-change-adopted':
    case 'partner-change-withdrawn':
    case 'partner-group-joined':
    case 'partner-group-left':
    case 'partner-lines-agreed':
    case 'partner-kind-agreed':
    case 'partner-manager-assigned':
      return { ...state, standing: evolveStanding(standing, event, recorded) };
  }
};
