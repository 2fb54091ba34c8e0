import type { ContentField, ContentRef, DealKind, DealType, DocumentRef } from '@messages/deals';
import { type Day, type Instant, laterOf, type Money, sameName } from '@tempore/kernel';

import type { ReviewClock } from './filing.events';
import type { DocketEventOf } from './docket.events';
import type { PartnerClock } from './partner-clocks.events';
import type { BarredDecision, QuestionCode, RejectionCode } from './review.events';
import type { Terms } from './terms';
import type { Project } from './valuation';

/** When a claim in line lapses where nobody answers, and when its partner is asked next. */
export interface QueueClocks {
  readonly lapsesAt: Instant;
  readonly asksAt: Instant;
}

/** Where a claim stands, with what that place brings. A deadline is null while its clock waits for its notice. */
export type ClaimState =
  | {
      readonly status: 'submitted';
      readonly review: ReviewClock;
      readonly escalated: boolean;
      /** No rule may decide any more: a person has to look. */
      readonly referred: boolean;
    }
  | ({
      readonly status: 'queued';
      /** Since when it is asked whether it still wants the place; null where nothing is asked. */
      readonly asked: Instant | null;
    } & QueueClocks)
  | { readonly status: 'offered'; readonly reconfirmBy: Instant | null }
  | {
      readonly status: 'in-review';
      readonly review: ReviewClock;
      readonly escalated: boolean;
      readonly reviewer: string;
    }
  | {
      readonly status: 'action-required';
      readonly reviewer: string;
      readonly question: Question;
      /** To answer in, from the notice on. */
      readonly businessDays: number;
      readonly answerBy: Instant | null;
    }
  | { readonly status: 'approved'; readonly windowEnds: Instant; readonly amendment: PendingAmendment | null }
  | {
      readonly status: 'rejected';
      readonly code: RejectionCode;
      readonly reason: string;
      readonly contestableUntil: Instant | null;
    }
  | {
      readonly status: 'lapsed';
      readonly because: DocketEventOf<'claim-lapsed'>['data']['because'];
      readonly contestableUntil: Instant | null;
      /** It waited in line, and never blocked the place. */
      readonly inLine: boolean;
    }
  | { readonly status: 'withdrawn' | 'released' | 'lost'; readonly reason: string }
  | { readonly status: 'expired' | 'won' | 'superseded' };

export type ClaimStatus = ClaimState['status'];

const places: Readonly<Record<ClaimStatus, true>> = {
  submitted: true,
  queued: true,
  offered: true,
  'in-review': true,
  'action-required': true,
  approved: true,
  rejected: true,
  lapsed: true,
  withdrawn: true,
  released: true,
  expired: true,
  won: true,
  lost: true,
  superseded: true,
};

/** Every place that a claim may have (rulebook 3). */
export const claimStatuses = Object.keys(places) as readonly ClaimStatus[];

/** What the reviewer wants to know, and what may change in answer beside the whitelist. */
export interface Question {
  readonly code: QuestionCode;
  readonly fields: readonly ContentField[];
  readonly text: string;
}

/** A clock against the partner that does not run yet: the notice of the event that set it does not stand (rulebook 9). */
export interface WaitingClock {
  readonly clock: PartnerClock;
  readonly eventId: string;
  readonly since: Instant;
}

/** An amendment that takes the value over the threshold and waits for a person. */
export interface PendingAmendment {
  readonly content: ContentRef;
  readonly value: Money;
  readonly since: Instant;
}

/** A win that the vendor has not answered yet. */
export interface PendingWin {
  readonly statementId: string;
  readonly closedOn: Day;
  readonly answerBy: Instant;
  /** Where it goes next by itself, and when; null once it is with the head of the programme. */
  readonly escalation: { readonly to: 'superior' | 'head-of-programme'; readonly at: Instant } | null;
}

/** Who has to move: the partner, the vendor, or nobody (somebody else's claim stands before it). */
export type Turn = 'partner' | 'vendor' | 'paused';

/** Milliseconds that went by in each turn. */
export type Turns = Readonly<Record<Turn, number>>;

/** A deal's place on the docket. Claims stand in the docket's state in order of rank. */
export interface Claim {
  readonly dealId: string;
  readonly partnerId: string;
  readonly group: string;
  /** The customer was one of the partner's named accounts when it filed. */
  readonly aligned: boolean;
  readonly round: number;
  readonly site: string | null;
  readonly dealType: DealType;
  /** What the registration is for; fixed once it is approved. */
  readonly kind: DealKind;
  /** The event that is its filing. */
  readonly filingId: string;
  /** What it was filed with. */
  readonly filed: ContentRef;
  /** What counts now, with its value in the programme's currency. */
  readonly content: ContentRef;
  readonly value: Money;
  /** What a person has approved of it; nothing where none has, or a rule did. */
  readonly approvedValue: Money;
  /** The event by which its window began; null where it never did. */
  readonly approvalId: string | null;
  /** The rule that approved it; null where none did. */
  readonly rule: string | null;
  /** What it was filed together with. */
  readonly project: Project;
  /** No other claim lived on the docket when it was filed. */
  readonly wasAlone: boolean;
  /** Every later statement of the partner that was laid before the docket, accepted or not. */
  readonly weighed: readonly string[];
  readonly terms: Terms;
  readonly filedAt: Instant;
  /** Since when its rank counts: its filing, or the answer by which it first showed how the sale began. */
  readonly ranksSince: Instant;
  readonly state: ClaimState;
  /** When it came to be as it is. */
  readonly since: Instant;
  /** When its place became free; null while the claim lives. */
  readonly endedAt: Instant | null;
  /** When it had the place first; null for a claim that only ever queued. */
  readonly heldSince: Instant | null;
  /** When it took the place that was offered last; null while it waits in line or has not answered an offer. */
  readonly reconfirmedAt: Instant | null;
  /** What shows the first touch is not there. */
  readonly lacksDocument: boolean;
  /** By when it is due; null where it is there, and while that clock waits for its notice. */
  readonly documentDueAt: Instant | null;
  readonly waiting: readonly WaitingClock[];
  /** What was handed in after the filing to show it. */
  readonly document: DocumentRef | null;
  readonly questions: number;
  readonly win: PendingWin | null;
  /** The day of the win that was confirmed. */
  readonly wonOn: Day | null;
  /** The statements of a win that the vendor refused. */
  readonly refusedWins: readonly string[];
  /** When it last became somebody's turn, and the turns before. */
  readonly turnSince: Instant;
  readonly turns: Turns;
  /** When progress was last recorded. */
  readonly progressAt: Instant | null;
  /** Everybody who acted for the partner on this docket: they are parties. */
  readonly actors: readonly string[];
  /** Who tried to decide and had a stake. */
  readonly barred: readonly { readonly actor: string; readonly decision: BarredDecision }[];
}

/** It counts: it has the place, waits for it, or may still be contested back into it. */
export const isLive = ({ endedAt }: Claim): boolean => endedAt === null;

/** Two claims of one round are for the same sale unless both name different sites. */
export const collides = (a: Pick<Claim, 'site' | 'round'>, b: Pick<Claim, 'site' | 'round'>): boolean =>
  a.round === b.round && (a.site === null || b.site === null || sameName(a.site, b.site));

/** It has the place: on hold, protected, or blocked while somebody may contest. */
export const holdsPlace = (claim: Claim): boolean =>
  isLive(claim) && claim.state.status !== 'queued' && !(claim.state.status === 'lapsed' && claim.state.inLine);

/** What shows the first touch is due: no more of a claim that was rejected, has lapsed or ended. */
export const owesDocument = (claim: Claim): boolean =>
  claim.lacksDocument && isLive(claim) && claim.state.status !== 'rejected' && claim.state.status !== 'lapsed';

/** By when; null also while that clock waits for its notice. */
export const documentDueAt = (claim: Claim): Instant | null => (owesDocument(claim) ? claim.documentDueAt : null);

export const waitsFor = ({ waiting }: Claim, clock: PartnerClock): boolean =>
  waiting.some((waits) => waits.clock === clock);

/** The clocks that wait for their notice wherever the claim stands: what shows the first touch is due all the same. */
export const waitingAnywhere = ({ waiting }: Claim): readonly WaitingClock[] =>
  waiting.filter(({ clock }) => clock === 'document');

export const turnOf = ({ state, win, endedAt }: Pick<Claim, 'state' | 'win' | 'endedAt'>): Turn | null => {
  if (win) return 'vendor';
  if (endedAt !== null) return null;
  switch (state.status) {
    case 'submitted':
    case 'in-review':
      return 'vendor';
    case 'approved':
      return state.amendment ? 'vendor' : 'partner';
    case 'offered':
    case 'action-required':
    case 'rejected':
    case 'lapsed':
      return 'partner';
    case 'queued':
      return 'paused';
    case 'withdrawn':
    case 'released':
    case 'expired':
    case 'won':
    case 'lost':
    case 'superseded':
      return null;
  }
};

/** The turns up to an instant, the running one included. */
export const turnsUntil = (claim: Claim, at: Instant): Turns => {
  const turn = turnOf(claim);
  if (!turn) return claim.turns;
  const passed = Math.max(0, Date.parse(at) - Date.parse(claim.turnSince));
  return { ...claim.turns, [turn]: claim.turns[turn] + passed };
};

/** The claim with a change that takes effect at an instant: whose turn it was until then is summed up. */
export const changed = (claim: Claim, at: Instant, change: Partial<Claim>): Claim => {
  const from = laterOf(at, claim.turnSince);
  return { ...claim, ...change, turnSince: from, turns: turnsUntil(claim, from) };
};

/** The claim in another state, from an instant on. A state cannot begin before the one before it. */
export const moved = (claim: Claim, at: Instant, state: ClaimState, change: Partial<Claim> = {}): Claim =>
  changed(claim, at, { waiting: waitingAnywhere(claim), ...change, state, since: laterOf(at, claim.since) });

/** The claim in a state that frees its place: then, or when a pending answer came that had kept it. */
export const ended = (claim: Claim, at: Instant, state: ClaimState): Claim =>
  moved(claim, at, state, { endedAt: laterOf(at, claim.turnSince), win: null, waiting: [] });

/** What of its place only the vendor's people know: who reviews, and that a person has to look. */
const VENDORS_OWN: ReadonlySet<string> = new Set(['reviewer', 'referred']);

/** Everything of a claim that its partner may see: where two of these are equal, nothing changed for it. */
export const knownToPartner = ({
  state,
  kind,
  filed,
  content,
  value,
  filedAt,
  since,
  endedAt,
  heldSince,
  lacksDocument,
  documentDueAt,
  document,
  questions,
  win,
  refusedWins,
  progressAt,
}: Claim): object => ({
  state: Object.fromEntries(Object.entries(state).filter(([field]) => !VENDORS_OWN.has(field))),
  kind,
  filed,
  content,
  value,
  filedAt,
  since,
  endedAt,
  heldSince,
  lacksDocument,
  documentDueAt,
  document,
  questions,
  win,
  refusedWins,
  progressAt,
});
