import type { Instant } from '@tempore/kernel';

import { type Claim, isLive, type Turn, waitsFor } from './claim';

/** What happens next with a claim, and who does it. */
export type NextMove =
  /** In a moment: what no rule approves goes to a person. */
  | 'rules-decide'
  | 'vendor-reviews'
  | 'partner-answers'
  | 'partner-reconfirms'
  | 'partner-waits-in-line'
  | 'partner-confirms-interest'
  | 'partner-sells'
  | 'vendor-looks-at-amendment'
  | 'vendor-answers-win'
  | 'partner-may-contest'
  | 'nothing';

export interface Next {
  readonly next: NextMove;
  /**
   * When what is so now ends by itself, or when an answer is due; null where no date is known, as while the clock waits for
   * its notice.
   */
  readonly until: Instant | null;
}

export const nextOf = (claim: Claim): Next => {
  const { state, win, endedAt } = claim;
  if (win) return { next: 'vendor-answers-win', until: win.answerBy };
  if (endedAt !== null) return { next: 'nothing', until: null };
  switch (state.status) {
    case 'submitted':
      return { next: state.referred ? 'vendor-reviews' : 'rules-decide', until: state.review.targetAt };
    case 'in-review':
      return { next: 'vendor-reviews', until: state.review.targetAt };
    case 'action-required':
      return { next: 'partner-answers', until: state.answerBy };
    case 'offered':
      return { next: 'partner-reconfirms', until: state.reconfirmBy };
    case 'queued':
      return state.asked
        ? { next: 'partner-confirms-interest', until: waitsFor(claim, 'interest') ? null : state.lapsesAt }
        : { next: 'partner-waits-in-line', until: state.lapsesAt };
    case 'approved':
      return { next: state.amendment ? 'vendor-looks-at-amendment' : 'partner-sells', until: state.windowEnds };
    case 'rejected':
    case 'lapsed':
      return { next: 'partner-may-contest', until: state.contestableUntil };
    case 'withdrawn':
    case 'released':
    case 'expired':
    case 'won':
    case 'lost':
    case 'superseded':
      return { next: 'nothing', until: null };
  }
};

/** It has waited for too long for whoever has to decide. */
export const isEscalated = ({ state, win }: Claim): boolean =>
  win ? win.escalation?.to !== 'superior' : 'escalated' in state && state.escalated;

/** Since when a clock against a partner waits for its notice; null where none does. */
export const waitsSince = ({ claims }: { readonly claims: readonly Claim[] }): Instant | null =>
  claims
    .flatMap(({ waiting }) => waiting.map(({ since }) => since))
    .reduce<Instant | null>((first, since) => (first !== null && first <= since ? first : since), null);

/** Code or words that go with where it stands. */
export const reasonOf = ({ state }: Claim): string | null => {
  if (state.status === 'rejected') return state.code;
  if (state.status === 'lapsed') return state.because;
  return 'reason' in state ? state.reason : null;
};

/** What somebody is to do about a claim, beside handing in a document that is owed (`owesDocument`). */
export type ClaimTask = 'offer' | 'question' | 'interest' | 'protection' | 'contest' | 'review' | 'amendment' | 'win';

export interface ClaimWork {
  readonly task: ClaimTask;
  readonly turn: Exclude<Turn, 'paused'>;
  /** Since when it waits. */
  readonly since: Instant;
  /** Pseudonymous id of the one whose it is; null where it is everybody's who may do it. */
  readonly assignee: string | null;
}

/**
 * What there is to do about a claim; null where it waits for nobody (rulebook 9). A fresh one does while a rule may yet
 * approve it; a review that somebody has picked up is theirs until it is escalated.
 */
export const workOf = (claim: Claim): ClaimWork | null => {
  const { state, since, win } = claim;
  if (win) return work('win', 'vendor', claim.turnSince);
  if (!isLive(claim)) return null;
  switch (state.status) {
    case 'submitted':
      return state.referred || state.escalated ? work('review', 'vendor', since) : null;
    case 'in-review':
      return work('review', 'vendor', since, state.escalated ? null : state.reviewer);
    case 'action-required':
      return work('question', 'partner', since);
    case 'offered':
      return work('offer', 'partner', since);
    case 'queued':
      return state.asked ? work('interest', 'partner', state.asked) : null;
    case 'approved':
      return state.amendment
        ? work('amendment', 'vendor', state.amendment.since)
        : work('protection', 'partner', since);
    case 'rejected':
    case 'lapsed':
      return work('contest', 'partner', since);
    case 'withdrawn':
    case 'released':
    case 'expired':
    case 'won':
    case 'lost':
    case 'superseded':
      return null;
  }
};

const work = (task: ClaimTask, turn: ClaimWork['turn'], since: Instant, assignee: string | null = null): ClaimWork => ({
  task,
  turn,
  since,
  assignee,
});
