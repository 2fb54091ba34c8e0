import type { Command } from '@tempore/kernel';

import type { ContentChange } from './content-change';
import type { ContentRef } from './content-ref';
import type { DealContent } from './deal.content';
import type { DealEnd, DealStage, LegacyDeal, Outcome, Rehearsal } from './deal.events';

export type RecordLegacyDeal = Command<'RecordLegacyDeal', LegacyDeal>;

export type DraftDeal = Command<'DraftDeal', { readonly partnerId: string; readonly content: DealContent }>;

/** Only what is said anew: what a colleague says of the rest at the same moment stands beside it. */
export type ReviseDeal = Command<'ReviseDeal', { readonly change: ContentChange }>;

export type DiscardDraft = Command<'DiscardDraft', Readonly<Record<string, never>>>;

/** Follows the filing on the docket; nobody asks for it. */
export type RecordSubmission = Command<
  'RecordSubmission',
  { readonly docketId: string; readonly accountId: string; readonly content: ContentRef }
>;

/**
 * The whole content, as it is to be. What may differ from what was filed, the context says. `answers` is the number of
 * the reviewer's question that this answers; null where the partner changes it of its own accord.
 */
export type AmendDeal = Command<'AmendDeal', { readonly content: DealContent; readonly answers: number | null }>;

/** Keeps what a rehearsal of the submission found. */
export type RecordRehearsal = Command<'RecordRehearsal', Rehearsal>;

export type ReportStage = Command<'ReportStage', { readonly stage: DealStage }>;

export type ClaimOutcome = Command<'ClaimOutcome', Outcome>;

/** Follows the end of the claim on the docket; nobody asks for it. */
export type EndDeal = Command<'EndDeal', { readonly as: DealEnd }>;

export type DealCommand =
  | RecordLegacyDeal
  | DraftDeal
  | ReviseDeal
  | DiscardDraft
  | RecordRehearsal
  | RecordSubmission
  | AmendDeal
  | ReportStage
  | ClaimOutcome
  | EndDeal;
