import { type Instant, type Money, type Recorded, unreachable } from '@tempore/kernel';

import {
  changed,
  type Claim,
  type ClaimState,
  ended,
  isLive,
  moved,
  waitingAnywhere,
  type WaitingClock,
} from './claim';
import { type DocketEvent, docketEvents, type DocketEventOf } from './docket.events';
import { asksAtOf } from './partner-clocks';
import type { PartnerClock } from './partner-clocks.events';
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
  const {
    dealId,
    partnerId,
    group,
    standing,
    round,
    site,
    dealType,
    kind = 'referral',
    content,
    value,
    project,
  } = data;
  const { documentDueAt = null, documentOwed = documentDueAt !== null } = data;
  return {
    dealId,
    partnerId,
    group,
    aligned: standing.named === 'aligned',
    round,
    site,
    dealType,
    kind,
    filingId: id,
    filed: content,
    content,
    value,
    approvedValue: { ...value, minorUnits: 0 },
    approvalId: null,
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
    lacksDocument: documentOwed,
    documentDueAt,
    waiting: documentOwed ? waits('document', documentDueAt, { id, recordedAt: at }) : [],
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

/** A clock waits where the event that set it gives it no end. */
const waits = (
  clock: PartnerClock,
  endsAt: Instant | null,
  { id: eventId, recordedAt: since }: Pick<Recorded, 'id' | 'recordedAt'>,
): readonly WaitingClock[] => (endsAt === null ? [{ clock, eventId, since }] : []);

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

const evolvePlace = (claim: Claim, event: ClaimEvent, recorded: Recorded): Claim => {
  const { id, occurredAt, recordedAt, actor } = recorded;
  const { state } = claim;
  const waiting = (clock: PartnerClock, endsAt: Instant | null): Pick<Claim, 'waiting'> => ({
    waiting: [...waitingAnywhere(claim), ...waits(clock, endsAt, recorded)],
  });
  switch (event.type) {
    case 'first-touch-documented':
      return { ...claim, ...documented(claim), document: event.data.document };
    case 'claim-offered': {
      const { reconfirmBy } = event.data;
      if (state.status !== 'queued' || !isLive(claim)) return claim;
      const heldSince = claim.heldSince ?? occurredAt;
      const offered = { heldSince, reconfirmedAt: null, ...waiting('reconfirmation', reconfirmBy) };
      return moved(claim, occurredAt, { status: 'offered', reconfirmBy }, offered);
    }
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
      const { because, contestable, contestableUntil } = event.data;
      const lapsed = { status: 'lapsed', because, contestableUntil, inLine: state.status === 'queued' } as const;
      if (!isLive(claim)) return claim;
      return contestable
        ? moved(claim, occurredAt, lapsed, waiting('contest', contestableUntil))
        : ended(claim, occurredAt, lapsed);
    }
    case 'contest-period-ended':
      return isLive(claim) && (state.status === 'rejected' || state.status === 'lapsed')
        ? changed(claim, occurredAt, { endedAt: occurredAt, waiting: [] })
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
      const renewed = state.status === 'queued' && lapsesAt ? inLineAnew(claim, event.data, recordedAt) : claim;
      return { ...renewed, progressAt: recordedAt };
    }
    case 'interest-asked': {
      const { lapsesAt, asksAt } = event.data;
      if (state.status !== 'queued') return claim;
      const asked = { ...state, lapsesAt: lapsesAt ?? state.lapsesAt, asksAt, asked: recordedAt };
      return { ...claim, state: asked, waiting: [...claim.waiting, ...waits('interest', lapsesAt, recorded)] };
    }
    case 'interest-confirmed':
      return state.status === 'queued' ? inLineAnew(claim, event.data, recordedAt) : claim;
    case 'clock-started':
      return started(claim, event.data);
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
      const { code, fields, text, answerBy, businessDays = claim.terms.answerBusinessDays } = event.data;
      const question = { code, fields, text };
      const { reviewer } = state;
      const asked = { status: 'action-required', reviewer, question, businessDays, answerBy } as const;
      return moved(claim, recordedAt, asked, { questions: claim.questions + 1, ...waiting('answer', answerBy) });
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
              approvalId: id,
              rule: event.data.rule,
              approvedValue: event.data.rule === null ? claim.value : claim.approvedValue,
            },
          )
        : claim;
    case 'claim-rejected': {
      const { code, reason, contestableUntil } = event.data;
      const rejected = { status: 'rejected', code, reason, contestableUntil } as const;
      return state.status === 'in-review'
        ? moved(claim, recordedAt, rejected, waiting('contest', contestableUntil))
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
      return isLive(claim) ? ended(claim, recordedAt, { status: 'lost', reason: event.data.reason }) : claim;
    case 'claim-superseded':
      return isLive(claim) ? ended(claim, recordedAt, { status: 'superseded' }) : claim;
    default:
      return unreachable(event);
  }
};

/** What shows the first touch is there. */
const documented = ({ waiting }: Claim): Pick<Claim, 'lacksDocument' | 'documentDueAt' | 'waiting'> => ({
  lacksDocument: false,
  documentDueAt: null,
  waiting: waiting.filter(({ clock }) => clock !== 'document'),
});

/** A clock that waited for its notice runs; one that waits no more is for something that is over. */
const started = (claim: Claim, { clock, eventId, endsAt }: DocketEventOf<'clock-started'>['data']): Claim => {
  if (!claim.waiting.some((waits) => waits.clock === clock && waits.eventId === eventId)) return claim;
  const running = { ...claim, waiting: claim.waiting.filter((waits) => waits.clock !== clock) };
  return clock === 'document'
    ? { ...running, documentDueAt: endsAt }
    : { ...running, state: endingAt(claim.state, endsAt) };
};

/** Every clock but that of the document goes with the place, and no place has two. */
const endingAt = (state: ClaimState, at: Instant): ClaimState => {
  switch (state.status) {
    case 'queued':
      return { ...state, lapsesAt: at };
    case 'offered':
      return { ...state, reconfirmBy: at };
    case 'action-required':
      return { ...state, answerBy: at };
    case 'rejected':
      return { ...state, contestableUntil: at };
    case 'lapsed':
      return { ...state, contestableUntil: at };
    case 'submitted':
    case 'in-review':
    case 'approved':
    case 'withdrawn':
    case 'released':
    case 'expired':
    case 'won':
    case 'lost':
    case 'superseded':
      return state;
  }
};

/** Its time in line begins anew: whatever it was asked before is answered. */
const inLineAnew = (
  claim: Claim,
  clocks: { readonly lapsesAt: Instant | null; readonly asksAt?: Instant | null },
  at: Instant,
): Claim => ({ ...claim, state: queued(clocks, at), waiting: waitingAnywhere(claim) });

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
  const { content, value, kind = claim.kind, priority, review } = data;
  return moved(
    claim,
    at,
    review ? { status: 'in-review', review, escalated: false, reviewer: state.reviewer } : queued(data, at),
    {
      content,
      value,
      kind,
      weighed: [...claim.weighed, content.eventId],
      ...(data.documented && documented(claim)),
      ranksSince: priority === 'moved' ? at : claim.ranksSince,
      reconfirmedAt: review ? claim.reconfirmedAt : null,
    },
  );
};
