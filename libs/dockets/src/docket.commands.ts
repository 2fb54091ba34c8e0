import type { ContentField, ContentRef, DealKind, DealType, DocumentRef } from '@messages/deals';
import type { Command, Day, Instant, Money } from '@tempore/kernel';

import type { ConflictAdvice } from './facts';
import type { QuestionCode, RejectionCode } from './review.events';
import type { Touch } from './touch';

type OfDeal<Data = unknown> = Data & { readonly dealId: string };
type WithReason = OfDeal<{ readonly reason: string }>;

/** What of a deal's content weighs here. */
interface Weighed {
  readonly content: ContentRef;
  /** One-time and first-year recurring, each in its own currency. */
  readonly amounts: readonly Money[];
}

/** A form of several lines that a deal was submitted with. */
export interface Form {
  readonly id: string;
  /** What its other lines are worth, one-time and first-year recurring, whatever becomes of them. */
  readonly others: readonly Money[];
}

/** The submission. The deal's content was found complete; whose claim it is, the context says. */
export type FileClaim = Command<
  'FileClaim',
  OfDeal<
    Weighed & {
      readonly accountId: string;
      readonly productLine: string;
      readonly site: string | null;
      readonly dealType: DealType;
      /** As the partner's agreement proposes where nobody says. */
      readonly kind?: DealKind | null;
      /** A document shows the first touch. */
      readonly documented: boolean;
      readonly estimatedClose: Day;
      /** Null where it is submitted by itself. */
      readonly form: Form | null;
      /**
       * What the group's live claims on the customer's other dockets add up to in the programme's currency, but for those
       * of the form; as a view has it, null where none could be asked.
       */
      readonly elsewhere: Money | null;
    }
  >
>;

/** What shows the first touch, where it did not come with the filing. */
export type HandInDocument = Command<'HandInDocument', OfDeal<{ readonly document: DocumentRef }>>;

/** Before approval. */
export type WithdrawClaim = Command<'WithdrawClaim', WithReason>;

/** After approval. */
export type ReleaseClaim = Command<'ReleaseClaim', WithReason>;

/** The partner's live claims on the customer's other dockets, in the programme's currency. */
export interface ClaimsElsewhere {
  readonly live: Money;
  /** What a person has approved of them. */
  readonly approved: Money;
}

export type AmendClaim = Command<
  'AmendClaim',
  OfDeal<Weighed & { readonly changed: readonly ContentField[]; readonly elsewhere: ClaimsElsewhere }>
>;

export type ApproveAmendment = Command<'ApproveAmendment', OfDeal>;

export type RejectAmendment = Command<'RejectAmendment', WithReason>;

export type ReconfirmClaim = Command<'ReconfirmClaim', OfDeal>;

export type DeclineOffer = Command<'DeclineOffer', WithReason>;

/** The answer to whether a claim in line is still wanted. */
export type ConfirmInterest = Command<'ConfirmInterest', OfDeal>;

export type RecordTouch = Command<'RecordTouch', OfDeal<{ readonly touch: Touch }>>;

/** Approves by the first rule of the policy that fits, or says why a person has to look. */
export type DecideByRule = Command<
  'DecideByRule',
  OfDeal<{
    readonly conflict: ConflictAdvice;
    /**
     * What those live claims of the group on the customer's other dockets add up to that were recorded before this one,
     * but for those of its form; in the programme's currency.
     */
    readonly elsewhere: Money;
  }>
>;

export type PickUpReview = Command<'PickUpReview', OfDeal>;

export type AskQuestion = Command<
  'AskQuestion',
  OfDeal<{
    readonly code: QuestionCode;
    readonly fields: readonly ContentField[];
    readonly text: string;
    /** As the policy says where null. */
    readonly businessDays: number | null;
  }>
>;

export type AnswerQuestion = Command<
  'AnswerQuestion',
  OfDeal<
    Weighed & {
      readonly changed: readonly ContentField[];
      readonly kind?: DealKind | null;
      readonly documented?: boolean;
    }
  >
>;

export type ApproveClaim = Command<'ApproveClaim', OfDeal>;

export type RejectClaim = Command<'RejectClaim', OfDeal<{ readonly code: RejectionCode; readonly reason: string }>>;

/** `statementId` is the event on the deal's stream in which the partner said so. */
export type ReportWin = Command<'ReportWin', OfDeal<{ readonly statementId: string; readonly closedOn: Day }>>;

export type ReportLoss = Command<'ReportLoss', OfDeal<{ readonly statementId: string; readonly reason: string }>>;

export type ConfirmWin = Command<'ConfirmWin', OfDeal>;

export type RefuseWin = Command<'RefuseWin', WithReason>;

interface OfDocket {
  readonly accountId: string;
  readonly productLine: string;
}

export type OpenDirectOpportunity = Command<
  'OpenDirectOpportunity',
  OfDocket & { readonly opportunityId: string; readonly reason: string }
>;

export type CloseDirectOpportunity = Command<
  'CloseDirectOpportunity',
  { readonly opportunityId: string; readonly reason: string }
>;

export type RecordDirectTouch = Command<'RecordDirectTouch', { readonly opportunityId: string; readonly touch: Touch }>;

export type PublishTender = Command<
  'PublishTender',
  OfDocket & { readonly reference: string; readonly publishedAt: Instant; readonly reason: string }
>;

export type CloseTender = Command<'CloseTender', { readonly reference: string; readonly reason: string }>;

/** The partner's notice of an event stands in its inbox since an instant. */
export type StartClock = Command<
  'StartClock',
  OfDeal<{ readonly eventId: string; readonly noticeId: string; readonly noticeStoodAt: Instant }>
>;

/** Does nothing of its own: what is due happens before any command. For timers. */
export type SettleDocket = Command<'SettleDocket', Readonly<Record<string, never>>>;

export type DocketCommand =
  | FileClaim
  | HandInDocument
  | WithdrawClaim
  | ReleaseClaim
  | AmendClaim
  | ApproveAmendment
  | RejectAmendment
  | ReconfirmClaim
  | DeclineOffer
  | ConfirmInterest
  | RecordTouch
  | DecideByRule
  | PickUpReview
  | AskQuestion
  | AnswerQuestion
  | ApproveClaim
  | RejectClaim
  | ReportWin
  | ReportLoss
  | ConfirmWin
  | RefuseWin
  | OpenDirectOpportunity
  | CloseDirectOpportunity
  | RecordDirectTouch
  | PublishTender
  | CloseTender
  | StartClock
  | SettleDocket;
