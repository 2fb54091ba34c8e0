import { addBusinessDays } from '@messages/programme';
import { addDays, type Instant, type Recorded } from '@tempore/kernel';

import { type Claim, collides, documentDueAt, isLive, waitsFor } from './claim';
import type { DocketEvent } from './docket.events';
import { type DocketState, evolve } from './docket.state';

/** Something that happens by itself. */
interface Due {
  readonly at: Instant;
  /** Names it in its stream, once and for all. */
  readonly cause: string;
  readonly event: (now: Instant) => DocketEvent;
}

/**
 * Everything that has fallen due by `now`, in order of its due instants; one may bring the next. Windows end at their
 * instant, whenever that is noticed. A clock against a party that a due event sets (to reconfirm, to contest) has no end
 * before its notice stands: nobody loses time to a timer that came late, or to silence (rulebook 2.5 and 9).
 */
export const settle = (state: DocketState, now: Instant): readonly DocketEvent[] =>
  fallenDue(state, now).map(({ cause, event }) => ({ ...event, cause }));

/** What `settle` finds, each event apart from its cause. */
export const fallenDue = (
  state: DocketState,
  now: Instant,
): readonly { readonly cause: string; readonly event: DocketEvent }[] => {
  const first = firstDue(state, now);
  if (!first || first.at > now) return [];
  const { at, cause } = first;
  const event = { ...first.event(now), occurredAt: at };
  return [{ cause, event }, ...fallenDue(evolve(state, event, foreseen(event, now)), now)];
};

/** When something happens by itself next; null where nothing does. For timers. */
export const dueAt = (state: DocketState): Instant | null => firstDue(state)?.at ?? null;

/** What will be known of an event that is about to stand in the log, as far as the state depends on it. */
export const foreseen = ({ occurredAt }: DocketEvent, now: Instant, actor = ''): Recorded => ({
  id: '',
  actor,
  occurredAt: occurredAt ?? now,
  recordedAt: now,
});

/** At one instant what stands first in the list: a claim that ends when a place becomes free is not offered it. */
const firstDue = (state: DocketState, now?: Instant): Due | undefined => {
  const claims = state.claims.filter(({ round }) => round === state.round);
  return [
    ...claims.filter(isLive).flatMap((claim) => dueOf(claim, claims, now)),
    ...state.claims.flatMap(winEscalation),
    ...closing(state, claims),
  ].reduce<Due | undefined>((first, due) => (first && first.at <= due.at ? first : due), undefined);
};

const dueOf = (claim: Claim, claims: readonly Claim[], now?: Instant): readonly Due[] => [
  ...documentMissed(claim),
  ...dueWhereItStands(claim, claims, now),
];

/** A win that waits for the vendor's answer keeps the place here, too. */
const documentMissed = (claim: Claim): readonly Due[] => {
  const due = documentDueAt(claim);
  return claim.win ? [] : end(claim, due, lapse(claim, 'no-document'));
};

const dueWhereItStands = (claim: Claim, claims: readonly Claim[], now?: Instant): readonly Due[] => {
  const { dealId, state } = claim;
  switch (state.status) {
    case 'submitted':
    case 'in-review':
      return state.escalated
        ? []
        : end(claim, state.review.escalatesAt, { type: 'review-escalated', data: { dealId } });
    case 'queued':
      return [...lapseInLine(claim, state), ...offerTo(claim, claims), ...asking(claim, state, now)];
    case 'offered':
      return end(claim, state.reconfirmBy, lapse(claim, 'no-reconfirmation'));
    case 'action-required':
      return end(claim, state.answerBy, lapse(claim, 'no-answer'));
    case 'approved':
      // A win that waits for the vendor's answer keeps the place; a refusal leaves the original end in force.
      return claim.win ? [] : end(claim, state.windowEnds, { type: 'claim-expired', data: { dealId } });
    case 'rejected':
    case 'lapsed':
      return end(claim, state.contestableUntil, { type: 'contest-period-ended', data: { dealId } });
    case 'withdrawn':
    case 'released':
    case 'expired':
    case 'won':
    case 'lost':
    case 'superseded':
      return [];
  }
};

/** Nothing where there is no end yet. */
const end = ({ dealId }: Claim, at: Instant | null, event: DocketEvent): readonly Due[] =>
  at === null ? [] : [{ at, cause: `${event.type}:${dealId}:${at}`, event: () => event }];

const lapse = ({ dealId }: Claim, because: 'no-answer' | 'no-reconfirmation' | 'no-document'): DocketEvent => ({
  type: 'claim-lapsed',
  data: { dealId, because, contestable: true, contestableUntil: null },
});

type Queued = Extract<Claim['state'], { status: 'queued' }>;

/** Never before an asking has stood. */
const lapseInLine = (claim: Claim, state: Queued): readonly Due[] => {
  const { dealId } = claim;
  const data = { dealId, because: 'no-progress', contestable: false, contestableUntil: null } as const;
  return end(claim, lapseAfterAsking(claim, state), { type: 'claim-lapsed', data });
};

/** When it lapses; null until the notice of one asking stands. */
const lapseAfterAsking = (claim: Claim, { lapsesAt, asked }: Queued): Instant | null =>
  asked === null || waitsFor(claim, 'interest') ? null : lapsesAt;

/** Nobody is asked once more for a claim that has lapsed by now. */
const asking = (claim: Claim, state: Queued, now?: Instant): readonly Due[] => {
  const { dealId, terms } = claim;
  const { asksAt, lapsesAt, asked } = state;
  const lapses = lapseAfterAsking(claim, state);
  if (lapses !== null && now !== undefined && lapses <= now) return [];
  const at = asked === null && lapsesAt < asksAt ? lapsesAt : asksAt;
  return [
    {
      at,
      cause: `interest-asked:${dealId}:${at}`,
      event: (writtenAt) => ({
        type: 'interest-asked',
        data: { dealId, lapsesAt: lapses, asksAt: addDays(writtenAt, terms.queueAskDays) },
      }),
    },
  ];
};

/** The place is offered to a queued claim when no claim that ranks before it and collides with it lives any more. */
const offerTo = (claim: Claim, claims: readonly Claim[]): readonly Due[] => {
  const { dealId } = claim;
  const rivals = claims.filter((other) => other !== claim && collides(other, claim));
  const isBlocked = rivals.some((other) => isLive(other) && claims.indexOf(other) < claims.indexOf(claim));
  if (isBlocked) return [];
  const freed = rivals.flatMap((other) => other.endedAt ?? (other.heldSince ? other.since : []));
  const at = [claim.since, ...freed].reduce((latest, instant) => (instant > latest ? instant : latest));
  return end(claim, at, { type: 'claim-offered', data: { dealId, reconfirmBy: null } });
};

/** A win may wait for its answer also where the claim has expired before. */
const winEscalation = ({ dealId, terms, win }: Claim): readonly Due[] => {
  if (!win?.escalation) return [];
  const { statementId, answerBy, escalation } = win;
  const { to, at } = escalation;
  const { calendar, outcomeBusinessDays, outcomeHeadBusinessDays } = terms;
  const further = Math.max(0, outcomeHeadBusinessDays - outcomeBusinessDays);
  const escalatesAt = to === 'superior' ? addBusinessDays(calendar, answerBy, further) : null;
  return [
    {
      at,
      cause: `win-escalated:${dealId}:${statementId}:${to}`,
      event: () => ({ type: 'win-escalated', data: { dealId, statementId, to, escalatesAt } }),
    },
  ];
};

/** The round closes when an outcome was reached and no claim lives any more. */
const closing = ({ round, roundOpen }: DocketState, claims: readonly Claim[]): readonly Due[] => {
  const ends = claims.flatMap(({ endedAt }) => endedAt ?? []);
  const hasOutcome = claims.some(({ state: { status } }) => status === 'won' || status === 'lost');
  if (!roundOpen || !hasOutcome || ends.length < claims.length) return [];
  const at = ends.reduce((latest, instant) => (instant > latest ? instant : latest));
  return [{ at, cause: `round-closed:${round}`, event: () => ({ type: 'round-closed', data: { round } }) }];
};
