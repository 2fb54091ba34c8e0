import type { Fold, Recorded } from '@tempore/kernel';

import type { DealContent } from './deal.content';
import { type DealEnd, type DealEvent, type DealStage, type LegacyDeal, type Outcome, dealEvents } from './deal.events';
import { DEAL } from './deal.stream';

/** What a partner said, and the event in which it said so. */
export interface Statement {
  readonly eventId: string;
  readonly content: DealContent;
  /** The reviewer's question that it answers, by its number; null where it answers none. */
  readonly answers: number | null;
}

export type Statements = readonly [Statement, ...Statement[]];

interface Spoken {
  /** Everybody who ever acted for the partner here: they are parties, and decide nothing of it (rulebook 3). */
  readonly actors: readonly string[];
}

/** A deal that was filed on a docket. */
export interface Filed extends Spoken {
  readonly partnerId: string;
  readonly docketId: string;
  readonly accountId: string;
  /** What was filed, and each amendment after it, oldest first. */
  readonly statements: Statements;
  readonly stage: DealStage | null;
  /** What the partner said last of how it ended, and where. */
  readonly outcome: { readonly eventId: string; readonly claimed: Outcome } | null;
}

interface Drafted extends Spoken {
  readonly partnerId: string;
  /** Oldest first. */
  readonly statements: Statements;
}

export type DealState =
  | { readonly status: 'none' }
  | { readonly status: 'legacy'; readonly deal: LegacyDeal }
  | ({ readonly status: 'draft' } & Drafted)
  /** Nobody files it any more; where its filing came first, that stands. */
  | ({ readonly status: 'discarded' } & Drafted)
  | ({ readonly status: 'filed' } & Filed)
  | ({ readonly status: 'ended'; readonly as: DealEnd } & Filed);

/** What the partner calls the customer; null where it has not said, or another system's sale names none. */
export const customerNamedIn = (state: DealState): string | null => {
  if ('statements' in state) return lastOf(state.statements).content.customer.legalName;
  return state.status === 'legacy' ? state.deal.accountName : null;
};

export const initialState: DealState = { status: 'none' };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: DealState, event: DealEvent, recorded: Recorded): DealState => {
  const next = told(state, event, recorded);
  return 'actors' in next && PARTNERS_OWN.has(event.type) ? { ...next, actors: withActor(next, recorded) } : next;
};

/** What only the partner's own people do. */
const PARTNERS_OWN: ReadonlySet<string> = new Set(
  dealEvents.filter(({ visibility }) => visibility.at(-1)?.partner?.actor).map(({ type }) => type),
);

const withActor = ({ actors }: Spoken, { actor }: Recorded): readonly string[] =>
  actors.includes(actor) ? actors : [...actors, actor];

const told = (state: DealState, event: DealEvent, { id }: Recorded): DealState => {
  switch (event.type) {
    case 'legacy-deal-recorded':
      return state.status === 'none' ? { status: 'legacy', deal: event.data } : state;
    case 'deal-drafted': {
      const { partnerId, content } = event.data;
      return state.status === 'none'
        ? { status: 'draft', partnerId, actors: [], statements: [{ eventId: id, content, answers: null }] }
        : state;
    }
    case 'deal-content-revised':
      return state.status === 'draft'
        ? { ...state, statements: [...state.statements, { eventId: id, content: event.data.content, answers: null }] }
        : state;
    case 'deal-discarded':
      return state.status === 'draft' ? { ...state, status: 'discarded' } : state;
    case 'submission-rehearsed':
      return state;
    case 'deal-submitted': {
      if (state.status !== 'draft' && state.status !== 'discarded') return state;
      const { docketId, accountId, content } = event.data;
      const filed = state.statements.find(({ eventId }) => eventId === content.eventId) ?? lastOf(state.statements);
      const { partnerId, actors } = state;
      const said = { partnerId, actors, docketId, accountId, statements: [filed] as const };
      return { status: 'filed', ...said, stage: null, outcome: null };
    }
    case 'deal-amended': {
      const { content, answers } = event.data;
      return state.status === 'filed'
        ? { ...state, statements: [...state.statements, { eventId: id, content, answers }] }
        : state;
    }
    case 'deal-stage-reached':
      return state.status === 'filed' ? { ...state, stage: event.data.stage } : state;
    case 'deal-outcome-claimed':
      return state.status === 'filed' ? { ...state, outcome: { eventId: id, claimed: event.data } } : state;
    case 'deal-ended':
      return state.status === 'filed' ? { ...state, status: 'ended', as: event.data.as } : state;
  }
};

/** What the partner says now. */
export const lastOf = (statements: Statements): Statement => statements.at(-1) ?? statements[0];

/** What a deal comes to. */
export const dealFold: Fold<DealState, DealEvent> = { category: DEAL, events: dealEvents, initialState, evolve };
