import type { Command } from '@tempore/kernel';

import type { ContentRef } from './content-hash';
import type { DealContent } from './deal.content';
import type { DealEnd, DealStage, LegacyDeal, Outcome } from './deal.events';

export type RecordLegacyDeal = Command<'RecordLegacyDeal', LegacyDeal>;

export type DraftDeal = Command<'DraftDeal', { readonly partnerId: string; readonly content: DealContent }>;

/** The whole content, as it is to be. */
export type ReviseDeal = Command<'ReviseDeal', { readonly content: DealContent }>;

/** Follows the filing on the docket; nobody asks for it. */
export type RecordSubmission = Command<
  'RecordSubmission',
  { readonly docketId: string; readonly accountId: string; readonly content: ContentRef }
>;

/** The whole content, as it is to be. What may differ from what was filed, the context says. */
export type AmendDeal = Command<'AmendDeal', { readonly content: DealContent }>;

export type ReportStage = Command<'ReportStage', { readonly stage: DealStage }>;

export type ClaimOutcome = Command<'ClaimOutcome', Outcome>;

/** Follows the end of the claim on the docket; nobody asks for it. */
export type EndDeal = Command<'EndDeal', { readonly as: DealEnd }>;

export type DealCommand =
  RecordLegacyDeal | DraftDeal | ReviseDeal | RecordSubmission | AmendDeal | ReportStage | ClaimOutcome | EndDeal;
