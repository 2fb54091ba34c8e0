import { type Instant, type Money, type Recorded, unreachable } from '@tempore/kernel';

import { changed, type Claim, type ClaimState, ended, isLive, moved } from './claim';
import { type DocketEvent, docketEvents, type DocketEventOf } from './docket.events';
import { asksAtOf } from './partner-clocks';
import { completedTerms } from './terms';
import type { Project } from './valuation';

/** The events that say something about one claim that stands already. */
export type ClaimEvent = Exclude<Extract<DocketEvent, { data: { dealId: string } }>, { type: 'claim-filed' }>;

/** What filing makes of a deal. */
export const claimOf = (
  data: DocketEventOf<'claim-filed'>['data'],
  { id, actor, recordedAt: at }: Pick<Recorded, 'id' | 'actor' | 'recordedAt'>,
  wasAlone: boolean,
): Claim => {
  const terms = completedTerms(data.terms);
  const { dealId, partnerId, group, round, site, dealType, kind = 'referral', content, value, project } = data;
  return {
    dealId,
    partnerId,
    group,
    round,
    site,
    dealType,
    kind,
    filingId: id,
    filed: content,
    content,
    value,
    approvedValue: { ...value, minorUnits: 0 },
    rule: null,
    project: project ?? byItself(value),
    wasAlone,
    weighed: [],
    terms,
    filedAt: at,
    ranksSince: at,
    state: data.review
      ? { status: 'submitted', review: data.review, escalated: false, referred: false }
      : queued(data, at),
    since: at,
    endedAt: null,
    heldSince: data.place === 'held' ? at : null,
    reconfirmedAt: null,
    documentDueAt: data.documentDueAt ?? null,
    document: null,
    questions: 0,
    win: null,
    wonOn: null,
    refusedWins: [],
    turnSince: at,
    turns: { partner: 0, vendor: 0, paused: 0 },
    progressAt: null,
    actors: [actor],
    barred: [],
  };
};

/** Of a claim that was filed before the project counted. */
const byItself = (value: Money): Project => {
  const nothing = { ...value, minorUnits: 0 };
  return { formId: null, lines: value, rates: [], onDocket: nothing, elsewhere: nothing };
};

/** A fact that does not fit where the claim stands changes nothing. */
export const evolveClaim = (claim: Claim, event: ClaimEvent, recorded: Recorded): Claim => {
  const next = evolvePlace(claim, event, recorded);
  if (!PARTNERS_OWN.has(event.type) || next.actors.includes(recorded.actor)) return next;
  return { ...next, actors: [...next.actors, recorded.actor] };
};

/** What only the partner's own people do. */
const PARTNERS_OWN: ReadonlySet<string> = new Set(
  docketEvents.filter(({ visibility }) => visibility.at(-1)?.partner?.actor).map(({ type }) => type),
);

const evolvePlace = (claim: Claim, event: ClaimEvent, { occurredAt, recordedAt, actor }: Recorded): Claim => {
  const { state } = claim;
  switch (event.type) {
    case 'first-touch-documented':
      return { ...claim, documentDueAt: null, document: event.data.document };
    case 'claim-offered':
      return state.status === 'queued' && isLive(claim)
        ? moved(
            claim,
            occurredAt,
            { status: 'offered', reconfirmBy: event.data.reconfirmBy },
            { heldSince: claim.heldSince ?? occurredAt, reconfirmedAt: null },
          )
        : claim;
    case 'claim-reconfirmed': {
      const { review } = event.data;
      return state.status === 'offered'
        ? moved(
            claim,
            recordedAt,
            { status: 'submitted', review, escalated: false, referred: true },
            { reconfirmedAt: recordedAt },
          )
        : claim;
    }
    case 'claim-lapsed': {
      const { because, contestableUntil } = event.data;
      const lapsed = { status: 'lapsed', because, contestableUntil, inLine: state.status === 'queued' } as const;
      if (!isLive(claim)) return claim;
      return contestableUntil === null ? ended(claim, occurredAt, lapsed) : moved(claim, occurredAt, lapsed);
    }
    case 'contest-period-ended':
      return isLive(claim) && (state.status === 'rejected' || state.status === 'lapsed')
        ? changed(claim, occurredAt, { endedAt: occurredAt })
        : claim;
    case 'claim-expired':
      return state.status === 'approved' ? ended(claim, occurredAt, { status: 'expired' }) : claim;
    case 'claim-withdrawn':
    case 'offer-declined':
      return isLive(claim) ? ended(claim, recordedAt, { status: 'withdrawn', reason: event.data.reason }) : claim;
    case 'claim-released':
      return isLive(claim) ? ended(claim, recordedAt, { status: 'released', reason: event.data.reason }) : claim;
    case 'touch-recorded': {
      const { progress, lapsesAt } = event.data;
      if (!progress) return claim;
      return {
        ...claim,
        progressAt: recordedAt,
        state: state.status === 'queued' && lapsesAt ? queued(event.data, recordedAt) : state,
      };
    }
    case 'interest-asked': {
      const { lapsesAt, asksAt } = event.data;
      return state.status === 'queued' ? { ...claim, state: { ...state, lapsesAt, asksAt, asked: recordedAt } } : claim;
    }
    case 'interest-confirmed':
      return state.status === 'queued' ? { ...claim, state: queued(event.data, recordedAt) } : claim;
    case 'claim-amended':
    case 'amendment-approved':
    case 'amendment-rejected':
      return amended(claim, event, recordedAt);
    case 'claim-referred':
      return state.status === 'submitted' ? { ...claim, state: { ...state, referred: true } } : claim;
    case 'review-escalated':
      return state.status === 'submitted' || state.status === 'in-review'
        ? { ...claim, state: { ...state, escalated: true } }
        : claim;
    case 'review-picked-up': {
      if (state.status !== 'submitted' && state.status !== 'in-review') return claim;
      const { review, escalated } = state;
      return moved(claim, recordedAt, { status: 'in-review', review, escalated, reviewer: actor });
    }
    case 'question-asked': {
      if (state.status !== 'in-review') return claim;
      const { code, fields, text, answerBy } = event.data;
      const question = { code, fields, text };
      const asked = { status: 'action-required', reviewer: state.reviewer, question, answerBy } as const;
      return moved(claim, recordedAt, asked, { questions: claim.questions + 1 });
    }
    case 'question-answered':
      return answered(claim, event, recordedAt);
    case 'claim-approved':
      return state.status === 'submitted' || state.status === 'in-review'
        ? moved(
            claim,
            recordedAt,
            { status: 'approved', windowEnds: event.data.windowEnds, amendment: null },
            {
              kind: event.data.kind ?? claim.kind,
              rule: event.data.rule,
              approvedValue: event.data.rule === null ? claim.value : claim.approvedValue,
            },
          )
        : claim;
    case 'claim-rejected': {
      const { code, reason, contestableUntil } = event.data;
      return state.status === 'in-review'
        ? moved(claim, recordedAt, { status: 'rejected', code, reason, contestableUntil })
        : claim;
    }
    case 'decision-refused':
      return { ...claim, barred: [...claim.barred, { actor, decision: event.data.decision }] };
    case 'win-claimed': {
      const { statementId, closedOn, answerBy } = event.data;
      const escalation = { to: 'superior', at: answerBy } as const;
      return changed(claim, recordedAt, { win: { statementId, closedOn, answerBy, escalation } });
    }
    case 'win-escalated': {
      const { statementId, escalatesAt: at } = event.data;
      const escalation = at === null ? null : ({ to: 'head-of-programme', at } as const);
      return claim.win?.statementId === statementId ? { ...claim, win: { ...claim.win, escalation } } : claim;
    }
    case 'win-refused':
      return claim.win
        ? changed(claim, recordedAt, { win: null, refusedWins: [...claim.refusedWins, claim.win.statementId] })
        : claim;
    case 'win-confirmed':
      return claim.win ? { ...ended(claim, recordedAt, { status: 'won' }), wonOn: claim.win.closedOn } : claim;
    case 'claim-lost':
      return isLive(claim) ? ended(claim, recordedAt, { status: 'lost' }) : claim;
    case 'claim-superseded':
      return isLive(claim) ? ended(claim, recordedAt, { status: 'superseded' }) : claim;
    default:
      return unreachable(event);
  }
};

/** In line from an instant on. */
const queued = (
  { lapsesAt, asksAt }: { readonly lapsesAt: Instant | null; readonly asksAt?: Instant | null },
  at: Instant,
): ClaimState => ({ status: 'queued', lapsesAt: lapsesAt ?? at, asksAt: asksAtOf(asksAt, at), asked: null });

const amended = (
  claim: Claim,
  event: DocketEventOf<'claim-amended' | 'amendment-approved' | 'amendment-rejected'>,
  at: Instant,
): Claim => {
  const { state } = claim;
  if (state.status !== 'approved') return claim;
  if (event.type === 'claim-amended') {
    const { content, value, needsReview } = event.data;
    const weighed = [...claim.weighed, content.eventId];
    return needsReview
      ? changed(claim, at, { weighed, state: { ...state, amendment: { content, value, since: at } } })
      : { ...claim, weighed, content, value };
  }
  if (!state.amendment) return claim;
  const decided = { state: { ...state, amendment: null } };
  if (event.type === 'amendment-rejected') return changed(claim, at, decided);
  const { content, value } = state.amendment;
  return changed(claim, at, { ...decided, content, value, approvedValue: value });
};

const answered = (claim: Claim, { data }: DocketEventOf<'question-answered'>, at: Instant): Claim => {
  const { state } = claim;
  if (state.status !== 'action-required') return claim;
  const { content, value, kind = claim.kind, documented, priority, review } = data;
  return moved(
    claim,
    at,
    review ? { status: 'in-review', review, escalated: false, reviewer: state.reviewer } : queued(data, at),
    {
      content,
      value,
      kind,
      weighed: [...claim.weighed, content.eventId],
      documentDueAt: documented ? null : claim.documentDueAt,
      ranksSince: priority === 'moved' ? at : claim.ranksSince,
      reconfirmedAt: review ? claim.reconfirmedAt : null,
    },
  );
};
