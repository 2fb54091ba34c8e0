import type { Agreement, EndReason, PartnerApplication, PartnerEvent } from './partner.events';

export type PartnerState =
  | { readonly status: 'none' }
  | { readonly status: 'applied'; readonly application: PartnerApplication }
  | { readonly status: 'active'; readonly application: PartnerApplication; readonly agreement: Agreement }
  | {
      readonly status: 'suspended';
      readonly application: PartnerApplication;
      readonly agreement: Agreement;
      readonly reason: string;
    }
  | {
      readonly status: 'ended';
      readonly application: PartnerApplication;
      readonly agreement: Agreement;
      readonly reason: EndReason;
      readonly note: string | null;
    };

export const initialState: PartnerState = { status: 'none' };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: PartnerState, event: PartnerEvent): PartnerState => {
  switch (event.type) {
    case 'partner-applied':
      return state.status === 'none' ? { status: 'applied', application: event.data } : state;
    case 'partner-approved':
      return state.status === 'applied' ? { ...state, status: 'active', agreement: event.data.agreement } : state;
    case 'partner-suspended':
      return state.status === 'active' ? { ...state, status: 'suspended', reason: event.data.reason } : state;
    case 'partner-reactivated':
      return state.status === 'suspended'
        ? { status: 'active', application: state.application, agreement: state.agreement }
        : state;
    case 'partner-ended':
      return state.status === 'active' || state.status === 'suspended'
        ? { status: 'ended', application: state.application, agreement: state.agreement, ...event.data }
        : state;
  }
};
